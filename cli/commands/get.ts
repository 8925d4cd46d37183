import { Command } from 'commander';
import { MortemError } from '#core/errors.ts';
import type { Incident } from '#core/incident/incident.ts';
import { openSource } from '../incident-source.ts';
import { parseSince } from '../input/parse-since.ts';
import { formatIncidents, incidentsCsv } from '../output/format-incidents.ts';
import { outputFormats, printAnswer } from '../output/print-answer.ts';
import { ledgerCommands } from './get-ledger.ts';
import { withQueryOptions, type QueryOptions } from './source-options.ts';

interface GetOptions extends QueryOptions {
  readonly since?: string;
  readonly status?: 'open' | 'recovered' | 'ended';
}

export function getCommand(): Command {
  const incidents = withQueryOptions(new Command('incidents'), outputFormats)
    .alias('incident')
    .description('list incidents, newest first')
    .option('--since <time>', 'only incidents that were not over before: 2h, 7d or RFC 3339')
    .option('--status <status>', 'open, recovered or ended')
    .addHelpText(
      'after',
      '\nExamples:\n  mortem get incidents\n  mortem get incidents -n shop --since 7d -o wide\n  mortem get incidents -o json --server https://mortem.example',
    )
    .action(getIncidents);
  const get = new Command('get').description('list what the store knows').addCommand(incidents.exitOverride());
  for (const command of ledgerCommands()) get.addCommand(command);
  return get;
}

async function getIncidents(options: GetOptions): Promise<void> {
  const source = await openSource(options, process.env);
  try {
    const { namespace, cluster, status, since } = options;
    const items = await source.list({
      ...(namespace === undefined ? {} : { namespace }),
      ...(cluster === undefined ? {} : { cluster }),
      ...(status === undefined ? {} : { status: checkStatus(status) }),
      ...(since === undefined ? {} : { since: parseSince(since, Date.now()) }),
    });
    printIncidents(items, options.output);
  } finally {
    await source.close();
  }
}

function checkStatus(status: string): 'open' | 'recovered' | 'ended' {
  if (status === 'open' || status === 'recovered' || status === 'ended') return status;
  throw new MortemError('usage', `"${status}" is no status. Use open, recovered or ended.`);
}

/** @throws {MortemError} `usage` for an unknown format */
export function printIncidents(items: readonly Incident[], output: string | undefined): void {
  printAnswer(output, {
    value: { apiVersion: 'mortem.dev/v1', kind: 'IncidentList', items },
    names: items.map(({ id }) => id),
    csv: incidentsCsv(items),
    table: (wide) => formatIncidents(items, wide),
    nothing: 'No incidents found.',
  });
}
