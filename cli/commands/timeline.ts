import { Command } from 'commander';
import { MortemError } from '#core/errors.ts';
import { isTimezone } from '#core/report/local-time.ts';
import { joinParts } from '#core/report/targets/join-parts.ts';
import { isTimelineTarget, timelineTargets } from '#core/report/targets/render-timeline-for.ts';
import type { TimelineWish } from '#core/report/timeline-incident.ts';
import { openSource } from '../incident-source.ts';
import { newestIncident } from '../newest-incident.ts';
import { parseVersionNumber } from '../input/parse-version-number.ts';
import { formatVersions } from '../output/format-versions.ts';
import { printJson, printResult } from '../output/print.ts';
import { withQueryOptions, type QueryOptions } from './source-options.ts';

interface TimelineOptions extends QueryOptions {
  readonly target?: string;
  readonly timezone?: string;
  readonly versions?: boolean;
  readonly versionNumber?: string;
}

export function timelineCommand(): Command {
  return withQueryOptions(new Command('timeline'), 'md (default) or json')
    .argument('<target>', 'deploy/NAME, sts/NAME, ds/NAME, job/NAME, cronjob/NAME, pod/NAME or INC-…')
    .description('print the timeline of the newest incident of a target')
    .option('--target <name>', `${timelineTargets.join(', ')}: front matter for files, parts for what forges post`)
    .option('--timezone <zone>', 'a column with the times of this zone beside UTC, for example Europe/Berlin')
    .option('--versions', 'list what was stored of it, with the data each version was made from')
    .option('--version-number <n>', 'print a stored version word for word')
    .addHelpText(
      'after',
      '\nExamples:\n  mortem timeline deploy/payments-api -n shop\n  mortem timeline INC-03af7d19 --target file > timeline.md\n  mortem timeline INC-03af7d19 --versions',
    )
    .action(printTimeline);
}

async function printTimeline(text: string, options: TimelineOptions): Promise<void> {
  const wish = wishOf(options);
  const version = parseVersionNumber(options.versionNumber);
  const source = await openSource(options, process.env);
  try {
    const id = await newestIncident(source, text, options);
    if (options.versions === true) {
      const list = await source.versions(id, 'timeline');
      if (options.output === 'json') return printJson(list);
      return printResult(formatVersions(list));
    }
    if (version !== undefined) return printResult(await source.version(id, 'timeline', version));
    if (options.output === 'json') return printJson(await source.incident(id));
    printResult(joinParts(await source.timeline(id, wish)));
  } finally {
    await source.close();
  }
}

/** @throws {MortemError} `usage` for what is no format, target or zone */
function wishOf({ output, target, timezone }: TimelineOptions): TimelineWish {
  if (output !== undefined && !['md', 'json'].includes(output)) {
    throw new MortemError('usage', `"${output}" is no output format. Use md or json.`);
  }
  if (target !== undefined && !isTimelineTarget(target)) {
    const hint = target === 'slack' ? ' A message is too short for it: post the draft.' : '';
    throw new MortemError('usage', `"${target}" is no target of a timeline. Use ${timelineTargets.join(', ')}.${hint}`);
  }
  if (timezone !== undefined && !isTimezone(timezone)) {
    throw new MortemError('usage', `"${timezone}" is no time zone. Use a name like Europe/Berlin.`);
  }
  return { ...(target === undefined ? {} : { target }), ...(timezone === undefined ? {} : { timezone }) };
}
