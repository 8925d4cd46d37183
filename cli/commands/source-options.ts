import type { Command } from 'commander';
import type { SourceOptions } from '../incident-source.ts';

/** The options every query shares, as kubectl names them. */
export interface QueryOptions extends SourceOptions {
  readonly namespace?: string;
  readonly allNamespaces?: boolean;
  readonly cluster?: string;
  readonly output?: string;
}

export function withQueryOptions(command: Command, outputs: string): Command {
  return command
    .option('-n, --namespace <name>', 'only this namespace')
    .option('-A, --all-namespaces', 'all namespaces, which is the default: the store knows no current one')
    .option('--cluster <name>', 'only this cluster')
    .option('-o, --output <format>', outputs)
    .option('--data <dir>', 'read the store in this folder (default: the one of "mortem up")')
    .option('--server <url>', 'ask a mortem server; its key is read from MORTEM_KEY');
}
