import { Command, InvalidArgumentError, Option } from 'commander';
import { openStore, withStoreOptions, type StoreOptions } from '../open-store.ts';
import { formatStatus, toStatusReport } from '../output/format-status.ts';
import { printResult } from '../output/print.ts';

interface StatusCommandOptions extends StoreOptions {
  readonly output: 'table' | 'json';
  readonly limit?: number;
}

export function statusCommand(): Command {
  return withStoreOptions(new Command('status'))
    .description('what is running and what is missing: clusters, collectors, batches that wait, and how fast the store grows')
    .addOption(new Option('-o, --output <format>', 'form of the answer').choices(['table', 'json']).default('table'))
    .addOption(new Option('--limit <size>', 'in how many days the database reaches a size, such as 500MB or 20GB').argParser(parseSize))
    .addHelpText(
      'after',
      `
A collector that runs says so every minute; one that has not for five minutes is "silent". The forecast multiplies the records of the
last day of data by the bytes a record takes now and by the days it is kept (MORTEM_KEEP_OBSERVATIONS). Bodies of batches lie beside the
database and are not counted.

Examples:
  mortem status --data ./data
  mortem status --limit 20GB
  MORTEM_DATABASE_URL=postgres://mortem@db.example/mortem mortem status -o json`,
    )
    .action(run);
}

async function run({ output, limit, ...where }: StatusCommandOptions): Promise<void> {
  const { readStatus } = await import('../../functions/usecases/read-status.ts');
  await openStore(where, async (deps) => {
    const report = toStatusReport({
      status: await readStatus(deps, {}),
      storage: await deps.measure(),
      retention: deps.retention,
      now: deps.clock.now(),
      limitBytes: limit,
    });
    printResult(output === 'json' ? JSON.stringify(report, null, 2) : formatStatus(report));
  });
}

const units: Readonly<Record<string, number>> = { MB: 1e6, GB: 1e9, TB: 1e12 };

function parseSize(text: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?) ?(MB|GB|TB)$/i.exec(text) ?? [];
  const factor = units[unit.toUpperCase()];
  if (factor === undefined) throw new InvalidArgumentError('A size is a number with MB, GB or TB, such as 20GB.');
  return Number(number) * factor;
}
