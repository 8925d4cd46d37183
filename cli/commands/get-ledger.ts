import { Command } from 'commander';
import type { ImageRun } from '#core/ledger/image-run.ts';
import type { RolloutRecord } from '#core/ledger/rollout-record.ts';
import type { Termination } from '#core/ledger/termination.ts';
import { openAnswers, type Answer, type Parameters } from '../answers.ts';
import { workloadParameter } from '../input/workload-parameter.ts';
import { imageTable, rolloutTable, terminationTable, type LedgerTable } from '../output/ledger-tables.ts';
import { outputFormats, printAnswer } from '../output/print-answer.ts';
import { printNote } from '../output/print.ts';
import { withQueryOptions, type QueryOptions } from './source-options.ts';

interface ListOptions extends QueryOptions {
  readonly image?: string;
  readonly since?: string;
  readonly until?: string;
  readonly at?: string;
  readonly of?: string;
  readonly pod?: string;
  readonly node?: string;
  readonly kind?: string;
  readonly limit?: string;
}

/** `mortem get terminations|rollouts|images`. */
export function ledgerCommands(): readonly Command[] {
  const terminations = withSpan(listCommand('terminations', 'list the deaths of container instances, newest first'))
    .alias('termination')
    .option('--of <trend>', 'only what that trend counts: oomkilled, memory or restarts')
    .option('--pod <name>', 'only of this pod')
    .option('--node <name>', 'only on this node')
    .addHelpText(
      'after',
      '\nExamples:\n  mortem get terminations -n shop --since 7d --of oomkilled\n  mortem get terminations deploy/api -n shop -o csv',
    )
    .action((target: string | undefined, options: ListOptions) => print('TerminationList', '/v1/terminations', target, options));
  const rollouts = withSpan(listCommand('rollouts', 'list revisions by container, newest first'))
    .alias('rollout')
    .option('--kind <kind>', 'rollout, rollback, retag or same-digest-retag')
    .addHelpText('after', '\nExamples:\n  mortem get rollouts deploy/api -n shop\n  mortem get rollouts --kind rollback --since 30d')
    .action((target: string | undefined, options: ListOptions) => print('RolloutList', '/v1/rollouts', target, options));
  const images = listCommand('images', 'list what ran at a moment')
    .option('--at <time>', 'a time in RFC 3339 (default: the latest record)')
    .addHelpText(
      'after',
      '\nExamples:\n  mortem get images --at 2026-05-03T14:05:00Z --cluster production\n  mortem get images --image platform/api -A',
    )
    .action((target: string | undefined, options: ListOptions) => print('ImageList', '/v1/images', target, options));
  return [terminations, rollouts, images];
}

function listCommand(name: string, description: string): Command {
  return withQueryOptions(new Command(name), outputFormats)
    .argument('[target]', 'only this workload: deploy/NAME, sts/NAME, …')
    .description(description)
    .option('--image <image>', 'REPO, REPO:TAG, REPO@sha256:… or sha256:…')
    .exitOverride();
}

function withSpan(command: Command): Command {
  return command
    .option('--since <time>', '7d before the latest record, or a time in RFC 3339')
    .option('--until <time>', 'a time in RFC 3339')
    .option('--limit <rows>', 'at most 1000 (default: 100)');
}

type ListName = 'TerminationList' | 'RolloutList' | 'ImageList';

async function print(name: ListName, path: string, target: string | undefined, options: ListOptions): Promise<void> {
  const answers = await openAnswers(options, process.env);
  try {
    const { namespace, cluster, image, since, until, at, of, pod, node, kind, limit } = options;
    const parameters: Parameters = { namespace, cluster, image, since, until, at, of, pod, node, kind, limit };
    const list = await answers.get(name, path, { ...parameters, workload: workloadParameter(target) });
    printAnswer(options.output, { value: list, nothing: 'Nothing found.', ...tableOf(list) });
    if ('next' in list && list.next !== undefined) printNote('There are more: --limit shows up to 1000, --since, -n and a target narrow.');
  } finally {
    await answers.close();
  }
}

function tableOf(list: Answer<ListName>): LedgerTable {
  switch (list.kind) {
    case 'TerminationList':
      return terminationTable(list.items satisfies readonly Termination[]);
    case 'RolloutList':
      return rolloutTable(list.items satisfies readonly RolloutRecord[]);
    case 'ImageList':
      return imageTable(list.items satisfies readonly ImageRun[]);
    default:
      return list satisfies never;
  }
}
