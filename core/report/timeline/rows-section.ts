import type { Entry } from '../../timeline/entry.ts';
import { between, describeOffset } from '../../time/duration.ts';
import { wholeSecond } from '../../time/instant.ts';
import type { Block, Cell } from '../block.ts';
import { heading, paragraph, table } from '../block.ts';
import { quote, words } from '../inline.ts';
import { localHeader, localTime } from '../local-time.ts';
import { cite, clock, type TimelineInput } from './document.ts';
import { describeTag } from './describe-image.ts';

/** More rows than a person reads at night help nobody; the rest stays in the evidence. */
const maxRows = 40;

export function rowsSection(input: TimelineInput): readonly Block[] {
  const kept = keyRows(input.entries);
  const rows = kept.map((entry, index) => toRow(input, entry, kept[index - 1]));
  const left = input.entries.length - kept.length;
  return [
    heading(2, words('Timeline')),
    table(['UTC', ...localHeader(input.options.timezone), 'T±', 'Phase', 'Observation', 'Object', 'Image', 'Evidence'], rows),
    ...(left === 0 ? [] : [paragraph(words(`${left} less important rows are left out here; their records are in the store.`))]),
  ];
}

function keyRows(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length <= maxRows) return entries;
  const chosen = new Set(entries.toSorted((a, b) => a.rank - b.rank || a.times[0] - b.times[0]).slice(0, maxRows));
  return entries.filter((entry) => chosen.has(entry));
}

function toRow(input: TimelineInput, entry: Entry, previous: Entry | undefined): readonly Cell[] {
  const { onsetAt } = input.built.group;
  const [first] = entry.times;
  const tie = previous !== undefined && wholeSecond(previous.times[0]) === wholeSecond(first);
  return [
    [words(`${tie ? '≈ ' : ''}${timesOf(entry, onsetAt)}`)],
    ...localTime(input.options.timezone, first),
    [words(describeOffset(between(onsetAt, first)))],
    entry.phase === undefined ? [] : [words(entry.phase)],
    entry.what,
    [quote(entry.object, 80)],
    entry.image === undefined ? [] : [...(entry.imageChange === true ? [words('→ ')] : []), ...describeTag(entry.image)],
    citedBy(entry),
  ];
}

function citedBy({ evidence, cites = 1, counted }: Entry): Cell {
  const left = counted === true ? evidence.length - cites : 0;
  return [...cite(evidence, cites), ...(left > 0 ? [words(` +${left}`)] : [])];
}

function timesOf({ times, span }: Entry, onset: number): string {
  const [first] = times;
  const last = times.at(-1) ?? first;
  if (span === 'list') return times.map((at) => clock(at, onset)).join(', ');
  if (span === 'point' || wholeSecond(first) === wholeSecond(last)) return clock(first, onset);
  return `${clock(first, onset)} … ${clock(last, onset)}`;
}
