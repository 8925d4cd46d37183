import { phases } from '../../incident/vocabulary.ts';
import { between, describeDuration } from '../../time/duration.ts';
import type { Block, Cell } from '../block.ts';
import { heading, table } from '../block.ts';
import { affectedPods, restartsIn } from '../facts/affected-pods.ts';
import { howItEnded } from '../facts/how-it-ended.ts';
import { quote, strong, words, type Inline } from '../inline.ts';
import { describeImage } from './describe-image.ts';
import { cite, type TimelineInput } from './document.ts';

export function atAGlance(input: TimelineInput): readonly Block[] {
  const { incident } = input.built;
  const first =
    [...incident.chapters]
      .toSorted((a, b) => phases.indexOf(a.phase) - phases.indexOf(b.phase))
      .find((chapter) => chapter.firstAt === incident.onsetAt) ?? incident.chapters[0];
  const where: Cell = [
    quote(`${incident.workload.kind}/${incident.workload.name}`),
    words(' in namespace '),
    quote(incident.namespace),
    words(' of cluster '),
    quote(incident.cluster),
  ];
  const rows: readonly (readonly [string, Cell])[] = [
    ['Workload', where],
    [
      'Incident',
      [
        quote(incident.id),
        words(', '),
        strong(words(incident.status)),
        words(`${settledNote(input)}, ${lasted(input)}, ${plural(incident.chapters.length, 'chapter')}`),
      ],
    ],
    ['First failing phase', first === undefined ? [] : [strong(words(first.phase)), words(', symptom '), quote(first.symptom)]],
    ['Restarts', restarts(input)],
    ['Ended by', endedBy(input)],
    ...scope(input),
  ];
  return [
    heading(2, words('At a glance')),
    table(
      ['', ''],
      rows.map(([name, cell]) => [[words(name)], cell]),
    ),
  ];
}

function settledNote({ built }: TimelineInput): string {
  const { incident, workload, group } = built;
  if (incident.status !== 'recovered' || incident.settled || group.recoveredAt === undefined) return '';
  return ` (not settled: the data ends ${describeDuration(between(group.recoveredAt, workload.now))} later)`;
}

function lasted({ built }: TimelineInput): string {
  const { group, workload } = built;
  const end = group.recoveredAt ?? group.endedAt;
  if (end === undefined) return `${describeDuration(between(group.onsetAt, workload.now))} so far`;
  return `${describeDuration(between(group.onsetAt, end))} from onset to ${group.recoveredAt === undefined ? 'its end' : 'recovery'}`;
}

function restarts({ built }: TimelineInput): Cell {
  const { incident, workload, group } = built;
  const span = { from: group.onsetAt, to: group.recoveredAt ?? group.endedAt ?? workload.now };
  const deadly = incident.chapters.filter((chapter) => chapter.terminations > 0);
  if (deadly.length === 0) return [words('none: no process of the failing containers died')];
  const parts = deadly.flatMap((chapter, index): readonly Inline[] => [
    words(`${index === 0 ? '' : ', '}${plural(chapter.terminations, 'death')} of container `),
    quote(chapter.container ?? ''),
    words(' as '),
    quote(chapter.symptom),
  ]);
  return [words(`${restartsIn(affectedPods(built), span)}, after `), ...parts];
}

/** How far it reached, where that tells something. */
function scope({ built }: TimelineInput): readonly (readonly [string, Cell])[] {
  return (built.incident.scope ?? []).map(({ text, basis, evidence }) => [
    'Reach',
    [words(`${basis}: `), quote(text, 300), words(' '), ...cite(evidence, 2)],
  ]);
}

function endedBy({ built }: TimelineInput): Cell {
  const { incident } = built;
  const { mitigation } = incident;
  if (incident.status === 'open') return [words('it is not over')];
  if (built.group.endedAt !== undefined)
    return [words(`the end of the workload itself: ${howItEnded(built.workload, built.group.endedAt)}`)];
  if (mitigation.kind === 'none') return [words('not by a change on record: there was none between onset and recovery')];
  const to: readonly Inline[] = mitigation.toImage === undefined ? [] : [words(' to '), ...describeImage(mitigation.toImage)];
  return [strong(words(mitigation.kind)), ...to, words(' (the last change before the recovery)')];
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
