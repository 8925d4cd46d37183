import { Command, Option } from 'commander';
import { openStore, withStoreOptions, type StoreOptions } from '../open-store.ts';
import { formatStatus, toStatusReport } from '../output/format-status.ts';
import { printResult } from '../output/print.ts';

interface StatusCommandOptions extends StoreOptions {
  readonly output: 'table' | 'json';
}

export function statusCommand(): Command {
  return withStoreOptions(new Command('status'))
    .description('what is running and what is missing: clusters, collectors, batches that wait, and how fast the store grows')
    .addOption(new Option('-o, --output <format>', 'form of the answer').choices(['table', 'json']).default('table'))
    .addHelpText(
      'after',
      `
A collector that runs says so every minute; one that has not for five minutes is "silent". The forecast multiplies the records of the
last day of data by the bytes a record takes now and by the days it is kept (MORTEM_KEEP_OBSERVATIONS).

Examples:
  mortem status --data ./data
  MORTEM_DATABASE_URL=postgres://mortem@db.example/mortem mortem status -o json`,
    )
    .action(run);
}

async function run({ output, ...where }: StatusCommandOptions): Promise<void> {
  const { readStatus } = await import('../../functions/usecases/read-status.ts');
  await openStore(where, async (deps) => {
    const report = toStatusReport({
      status: await readStatus(deps, {}),
      storage: await deps.measure(),
      retention: deps.retention,
      now: deps.clock.now(),
    });
    printResult(output === 'json' ? JSON.stringify(report, null, 2) : formatStatus(report));
  });
}
