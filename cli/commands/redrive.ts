import { Command, Option } from 'commander';
import { openStore, withStoreOptions, type StoreOptions } from '../open-store.ts';
import { printNote, printResult } from '../output/print.ts';
import { formatTable } from '../output/print-table.ts';

interface RedriveCommandOptions extends StoreOptions {
  readonly cluster?: string;
  readonly dryRun?: boolean;
  readonly output: 'table' | 'json';
}

export function redriveCommand(): Command {
  return withStoreOptions(new Command('redrive'))
    .description('take up again the batches that were set aside because they failed too often, and say why they were')
    .option('--cluster <name>', 'only those of one cluster')
    .option('--dry-run', 'only list them')
    .addOption(new Option('-o, --output <format>', 'form of the list').choices(['table', 'json']).default('table'))
    .addHelpText('after', help)
    .action(redrive);
}

const help = `
The server takes them up within a minute. What fails again is set aside again. Behind SQS, the message that failed also lies in the
queue of dead letters; with MORTEM_DEAD_LETTER_URL and MORTEM_QUEUE_URL set, those messages are sent again as well.

Examples:
  mortem redrive --dry-run
  mortem redrive --cluster prod-eu-1 --data ./data`;

async function redrive({ cluster, dryRun = false, output, ...where }: RedriveCommandOptions): Promise<void> {
  const [{ requeueBatches }, { resendDeadLetters }] = await Promise.all([
    import('../../functions/usecases/requeue-batches.ts'),
    import('../resend-dead-letters.ts'),
  ]);
  await openStore(where, async (deps) => {
    const batches = await requeueBatches(deps, { dryRun, ...(cluster === undefined ? {} : { cluster }) });
    const items = batches.map(({ id, cluster: name, receivedAt, accepted, reason = '' }) => ({
      batch: id.slice(name.length + 1),
      cluster: name,
      receivedAt: new Date(receivedAt).toISOString(),
      observations: accepted,
      reason,
    }));
    if (output === 'json') {
      printResult(JSON.stringify({ apiVersion: 'mortem.dev/v1', kind: 'QuarantinedBatchList', items }, null, 2));
    } else if (items.length > 0) {
      const rows = items.map((item) => [item.batch.slice(0, 12), item.cluster, item.receivedAt, String(item.observations), item.reason]);
      printResult(formatTable(['BATCH', 'CLUSTER', 'RECEIVED', 'OBSERVATIONS', 'REASON'], rows));
    }
    const resent = dryRun ? 0 : await resendDeadLetters(process.env);
    const messages = resent === 0 ? '' : `, ${resent} messages were sent again`;
    printNote(`${items.length} batches ${dryRun ? 'are set aside; nothing was changed' : `are to be processed again${messages}`}.`);
  });
}
