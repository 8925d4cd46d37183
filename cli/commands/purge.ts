import { Command } from 'commander';
import type { PurgeScope } from '#core/ports.ts';
import { MortemError } from '#core/errors.ts';
import { confirm } from '../input/confirm.ts';
import { parseSince } from '../input/parse-since.ts';
import { openStore, withStoreOptions, type StoreOptions } from '../open-store.ts';
import { printNote, printResult } from '../output/print.ts';

interface PurgeOptions extends StoreOptions {
  readonly cluster: string;
  readonly namespace?: string;
  readonly since?: string;
  readonly until?: string;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export function purgeCommand(): Command {
  return withStoreOptions(new Command('purge'))
    .description('remove for good what is stored of a cluster, a namespace or a span of time')
    .requiredOption('--cluster <name>', 'the cluster to remove from')
    .option('-n, --namespace <name>', 'only what belongs to this namespace')
    .option('--since <time>', 'only records from then on: 7d, 2h, or 2026-05-03T14:00:00Z')
    .option('--until <time>', 'only records before then')
    .option('--dry-run', 'say what would go, and remove nothing')
    .option('--yes', 'do not ask')
    .addHelpText('after', help)
    .action(run);
}

const help = `
Goes through the bodies of batches, the index, incidents with their documents, and the ledgers behind trends and audits. Times are
those of the data. An incident that reaches into the span goes whole, as does a day of trends; workloads that keep some of their
records are built again from them by the server. A body that cannot be read cannot be searched, and goes.

Keys of the cluster stay ("mortem keys revoke"), and its collector sends on: take it away first. What a server takes in while this
runs may come after it; run it again. Backups are not touched.

Examples:
  mortem purge --cluster staging --dry-run
  mortem purge --cluster prod-eu-1 -n payments --since 2026-05-01T00:00:00Z --until 2026-05-02T00:00:00Z`;

async function run({ cluster, namespace, since, until, dryRun = false, yes = false, ...where }: PurgeOptions): Promise<void> {
  const now = Date.now();
  const scope: PurgeScope = {
    cluster,
    ...(namespace === undefined ? {} : { namespace }),
    ...(since === undefined ? {} : { from: parseSince(since, now) }),
    ...(until === undefined ? {} : { until: parseSince(until, now) }),
  };
  if (scope.from !== undefined && scope.until !== undefined && scope.from >= scope.until) {
    throw new MortemError('usage', '--since must be before --until.');
  }
  const { purge } = await import('../../functions/usecases/purge.ts');
  await openStore(where, async (deps) => {
    if (!dryRun && !yes) await confirm(`Everything of ${describe(scope)} is removed for good.`, cluster);
    const shown = process.stderr.isTTY;
    let looked = 0;
    const onBatch = (): void => {
      looked += 1;
      if (shown) process.stderr.write(`\r${looked} batches looked at`);
    };
    const { batches, observations, incidents, ledger } = await purge(deps, scope, { dryRun, onBatch });
    if (shown && looked > 0) process.stderr.write('\n');
    const counts = `${observations} records, ${incidents} incidents with their documents, ${ledger} rows of ledgers, and what ${batches} batches hold of it`;
    printResult(dryRun ? `Would remove ${counts}.` : `Removed ${counts}.`);
    if (!dryRun) printNote(`Keys of ${cluster} stay: see "mortem keys list".`);
  });
}

function describe({ cluster, namespace, from, until }: PurgeScope): string {
  const span = [
    from === undefined ? '' : ` from ${new Date(from).toISOString()}`,
    until === undefined ? '' : ` until ${new Date(until).toISOString()}`,
  ];
  return `${namespace === undefined ? '' : `namespace ${namespace} of `}cluster ${cluster}${span.join('')}`;
}
