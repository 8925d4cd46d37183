import { isExpectedEnd } from '../../history/expected-end.ts';
import { decidingContainers } from '../../history/pod-facts.ts';
import type { Gap } from '../../incident/incident.ts';
import { describeDuration } from '../../time/duration.ts';
import { wholeSecond } from '../../time/instant.ts';
import type { Block } from '../block.ts';
import { bullets, heading } from '../block.ts';
import { clockSkew } from '../gaps/clock-skew.ts';
import { mayBeHeldBack } from '../gaps/held-back.ts';
import { logCoverage, type LogCoverage } from '../gaps/log-coverage.ts';
import { join, quote, words, type Inline } from '../inline.ts';
import { memoryAttempts } from '../memory/memory-attempts.ts';
import { plural } from './at-a-glance.ts';
import { clock, leadFrom, type TimelineInput } from './document.ts';

type Line = readonly Inline[];

/** What was not seen, said aloud; each count stands here even when nothing is missing. */
export function gapsSection(input: TimelineInput): readonly Block[] {
  const kept = logCoverage(input.built);
  return [
    heading(2, words('Gaps and data quality')),
    bullets([
      terminations(input),
      ...stops(input),
      logs(input, kept),
      events(input),
      notes(input, 'Watch', ['watch-gap', 'spool-dropped', 'backfilled'], 'no interruption was noted'),
      notes(input, 'Refused to the collector', ['forbidden'], 'nothing'),
      redactions(kept),
      ...usage(input),
      clocks(input),
      ties(input),
    ]),
  ];
}

function terminations({ built }: TimelineInput): Line {
  const { terminationsSeen: seen, terminationsKnown: known, gaps } = built.incident.coverage;
  if (known === 0) return [words('Terminations: none by restartCount or records.')];
  const missed = gaps.filter(({ kind }) => kind === 'terminations-missed');
  return [
    words(`Terminations: ${known} known by restartCount and records, ${seen} captured`),
    ...missed.flatMap(({ text }): Line => [words('; '), quote(text, 300)]),
    words('.'),
  ];
}

/** Ends on purpose, which are no failures and in no count: a scale-down, a finished run. */
function stops({ built: { workload, group } }: TimelineInput): readonly Line[] {
  const counted = new Set(group.signs.flatMap((sign) => sign.deaths));
  const end = group.recoveredAt ?? group.endedAt ?? workload.now;
  const normal = workload.pods.flatMap((pod) =>
    decidingContainers(pod).flatMap((container) =>
      container.deaths.filter(
        (death) =>
          !counted.has(death.key) &&
          death.end.finishedAt >= group.onsetAt &&
          death.end.finishedAt <= end &&
          isExpectedEnd(pod, container, death),
      ),
    ),
  );
  if (normal.length === 0) return [];
  return [[words(`Ends on purpose or with success, not counted above: ${normal.length}.`)]];
}

function logs({ built }: TimelineInput, { died, kept, missing }: LogCoverage): Line {
  if (died === 0) return [words('Logs: no process ran and died, so there is none to keep.')];
  const why = join(
    [...missing].map(([reason, count]): Line => [words(`${count} × `), quote(reason, 200)]),
    ', ',
  );
  const skipped = built.incident.coverage.gaps.filter(({ kind }) => kind === 'log-skipped');
  return [
    words(`Logs: ${kept} of ${died} kept`),
    ...(why.length === 0 ? [] : [words('; missing, in the words of the API: '), ...why]),
    ...skipped.slice(0, 3).flatMap(({ text }): Line => [words('; '), quote(text, 200)]),
    words('.'),
  ];
}

function events(input: TimelineInput): Line {
  const { built } = input;
  const { workload } = built;
  const { pods, owners, top, otherEvents } = workload;
  const from = leadFrom(built);
  let [records, times] = [0, 0];
  for (const object of [...pods, ...owners, ...(top === undefined ? [] : [top]), { events: otherEvents }]) {
    for (const { lastAt, count } of object.events) {
      if (lastAt < from) continue;
      records += 1;
      times += count;
    }
  }
  const doubtful = workload.pods.filter((pod) => mayBeHeldBack(pod.events)).length;
  const noted = built.incident.coverage.gaps.filter(({ kind }) => kind === 'events-suppressed');
  return [
    words(`Events: ${plural(records, 'record')} of ${plural(times, 'occurrence')}`),
    ...noted.slice(0, 3).flatMap((gap): Line => [words('; '), ...describeGap(input, gap)]),
    words(
      doubtful === 0
        ? '; no pod had so many that the kubelet would have held some back.'
        : `; ${plural(doubtful, 'pod')} had so many that the kubelet's spam filter may have held back others.`,
    ),
  ];
}

const maxNotes = 5;

function notes(input: TimelineInput, name: string, kinds: readonly string[], none: string): Line {
  const found = input.built.incident.coverage.gaps.filter(({ kind }) => kinds.includes(kind));
  if (found.length === 0) return [words(`${name}: ${none}.`)];
  const shown = found.slice(0, maxNotes).map((gap) => describeGap(input, gap));
  const left = found.length - shown.length;
  return [words(`${name}: `), ...join(shown, '; '), words(`${left === 0 ? '' : `; ${left} more`}.`)];
}

function describeGap({ built: { group } }: TimelineInput, { text, from, to }: Gap): Line {
  const span =
    from === undefined || to === undefined
      ? ''
      : ` ${clock(Date.parse(from), group.onsetAt)} to ${clock(Date.parse(to), group.onsetAt)} (${describeDuration(Date.parse(to) - Date.parse(from))})`;
  return [quote(text, 300), words(span)];
}

function redactions({ redactions: found }: LogCoverage): Line {
  const counts = [...found].toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (counts.length === 0) return [words('Redactions in these logs: none.')];
  return [
    words('Redactions in these logs: '),
    ...join(
      counts.map(([rule, count]): Line => [quote(rule, 60), words(` ×${count}`)]),
      ', ',
    ),
    words('.'),
  ];
}

function usage({ built }: TimelineInput): readonly Line[] {
  const attempts = memoryAttempts(built);
  if (attempts.length === 0) return [];
  const known = new Set(attempts.flatMap((attempt) => attempt.usage.map(({ containerID }) => containerID))).size;
  const deaths = attempts.reduce((sum, attempt) => sum + attempt.deaths.length, 0);
  return [
    [
      words(
        `Memory samples before the kills: for ${known} of ${plural(deaths, 'attempt')}${known === 0 ? ', the cluster offered none' : ''}.`,
      ),
    ],
  ];
}

function clocks({ built: { workload } }: TimelineInput): Line {
  const skew = clockSkew(workload.pods);
  return [
    words(
      skew === 0
        ? 'Clocks: no record carries a time later than the moment it was seen.'
        : `Clocks: records carry times up to ${describeDuration(skew)} later than the moment they were seen; the collector's clock is behind by that much at least.`,
    ),
  ];
}

function ties({ entries }: TimelineInput): Line {
  const seconds = Map.groupBy(entries, ({ times: [first] }) => wholeSecond(first));
  const tied = [...seconds.values()].filter((same) => same.length > 1).reduce((sum, same) => sum + same.length, 0);
  return [
    words(
      tied === 0
        ? 'Ties: no two rows of the timeline begin in the same second.'
        : `Ties: ${tied} rows of the timeline begin in the same second as another (≈).`,
    ),
  ];
}
