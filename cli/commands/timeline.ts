import { Command } from 'commander';
import { MortemError } from '#core/errors.ts';
import type { Incident } from '#core/incident/incident.ts';
import { openSource, type IncidentSource } from '../incident-source.ts';
import { parseTarget, type Target } from '../input/parse-target.ts';
import { printJson, printNote, printResult } from '../output/print.ts';
import { withQueryOptions, type QueryOptions } from './source-options.ts';

export function timelineCommand(): Command {
  return withQueryOptions(new Command('timeline'), 'md (default) or json')
    .argument('<target>', 'deploy/NAME, sts/NAME, ds/NAME, job/NAME, cronjob/NAME, pod/NAME or INC-…')
    .description('print the timeline of the newest incident of a target')
    .addHelpText('after', '\nExamples:\n  mortem timeline deploy/payments-api -n shop\n  mortem timeline INC-03af7d19 > timeline.md')
    .action(printTimeline);
}

async function printTimeline(text: string, options: QueryOptions): Promise<void> {
  const target = parseTarget(text);
  const source = await openSource(options, process.env);
  try {
    if (options.output !== undefined && !['md', 'json'].includes(options.output)) {
      throw new MortemError('usage', `"${options.output}" is no output format. Use md or json.`);
    }
    if (target.by === 'incident' && options.output !== 'json') return printResult(await source.timeline(target.id));
    const [newest, ...older] = await matching(source, target, options);
    if (newest === undefined)
      throw new MortemError(
        'not-found',
        `No incident of ${text} is known${options.namespace === undefined ? '' : ` in namespace ${options.namespace}`}.`,
      );
    if (older.length > 0)
      printNote(
        `${older.length} older: ${older
          .map((incident) => incident.id)
          .slice(0, 5)
          .join(' ')}`,
      );
    if (options.output === 'json') printJson(newest);
    else printResult(await source.timeline(newest.id));
  } finally {
    await source.close();
  }
}

async function matching(source: IncidentSource, target: Target, { namespace, cluster }: QueryOptions): Promise<readonly Incident[]> {
  const place = { ...(namespace === undefined ? {} : { namespace }), ...(cluster === undefined ? {} : { cluster }) };
  const items = await source.list({
    ...place,
    ...(target.by === 'workload' ? { workload: { kind: target.kind, name: target.name } } : {}),
    ...(target.by === 'pod' ? { pod: target.name } : {}),
  });
  const wanted = target.by === 'incident' ? items.filter((item) => item.id.startsWith(target.id)) : items;
  return wanted.toSorted((a, b) => (a.onsetAt < b.onsetAt ? 1 : -1));
}
