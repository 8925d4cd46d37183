import type { Command } from 'commander';
import type { Deps } from '../functions/compose.ts';
import { defaultDataDir } from './data-dir.ts';

export interface StoreOptions {
  readonly data?: string;
}

export function withStoreOptions(command: Command): Command {
  return command.option('--data <dir>', 'the store of the server (default: the one of "mortem up")');
}

/** Opens the store that the options name for as long as `work` takes. */
export async function openStore({ data }: StoreOptions, work: (deps: Deps) => Promise<void>): Promise<void> {
  const { compose } = await import('../functions/compose.ts');
  const deps = compose({ dataDir: data ?? defaultDataDir(process.env), logLevel: 'silent' });
  try {
    await work(deps);
  } finally {
    await deps.close();
  }
}
