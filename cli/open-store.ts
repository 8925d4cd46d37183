import type { Command } from 'commander';
import { MortemError } from '#core/errors.ts';
import type { Deps } from '../functions/compose.ts';
import { storeConfig } from './store-config.ts';

export interface StoreOptions {
  readonly data?: string;
}

export function withStoreOptions(command: Command): Command {
  return command.option('--data <dir>', 'the store of the server (default: the one of "mortem up")');
}

/**
 * Opens the store that the options name for as long as `work` takes.
 *
 * @throws {MortemError} `unreachable` when its schema is not the one of this program
 */
export async function openStore({ data }: StoreOptions, work: (deps: Deps) => Promise<void>): Promise<void> {
  const { compose } = await import('../functions/compose.ts');
  const deps = compose(storeConfig(data, process.env));
  try {
    const readiness = await deps.readiness();
    if (!readiness.ready) throw new MortemError('unreachable', readiness.detail);
    await work(deps);
  } finally {
    await deps.close();
  }
}
