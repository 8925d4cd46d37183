import type { EventRecord } from '../../history/event-record.ts';
import type { PodHistory, PodState } from '../../history/pod-history.ts';
import { second, wholeSecond, type Instant } from '../../time/instant.ts';
import type { Block, Cell } from '../block.ts';
import { details, heading, paragraph, table } from '../block.ts';
import { quote, words } from '../inline.ts';
import { objectName } from '../object-name.ts';
import { describeState } from './describe-state.ts';
import { clock, leadFrom, type TimelineInput } from './document.ts';

interface RecordRow {
  readonly at: Instant;
  readonly until?: Instant;
  readonly object: string;
  readonly text: string;
}

/** A document that nobody can open helps nobody; the store has the rest. */
const maxRows = 400;

/** Every state and event of the workload's objects around the incident, repetitions folded. */
export function recordsSection(input: TimelineInput): readonly Block[] {
  const { onsetAt } = input.built.group;
  const times = timesNear(input);
  const shown = inOrder(nearRecords(input, times.toSorted()[maxRows - 1])).slice(0, maxRows);
  const cells = foldStates(shown).map((row): readonly Cell[] => [
    [words(timesOf(row, onsetAt))],
    [quote(row.object, 120)],
    [quote(row.text, 200)],
  ]);
  const left = times.length - shown.length;
  return [
    heading(2, words('All records')),
    ...details('Every state and event, in time order', [
      table(['UTC', 'Object', 'Record'], cells),
      ...(left === 0 ? [] : [paragraph(words(`${left} later records are left out here; the store has them.`))]),
    ]),
  ];
}

function timesOf({ at, until = at }: RecordRow, onsetAt: Instant): string {
  const [from, to] = [clock(at, onsetAt), clock(until, onsetAt)];
  return from === to ? from : `${from} … ${to}`;
}

type NearRecord = { readonly at: Instant } & (
  | { readonly pod: PodHistory; readonly state: PodState }
  | { readonly event: EventRecord; readonly pod?: PodHistory }
);

/** When each of them was: of many thousands only the ones that are shown are worth more than that. */
function timesNear({ built }: TimelineInput): Float64Array {
  const { pods, owners, top } = built.workload;
  const from = leadFrom(built);
  const times: Instant[] = [];
  for (const { events } of [...(top === undefined ? [] : [top]), ...owners, ...pods]) {
    for (const { firstAt, lastAt } of events) if (lastAt >= from) times.push(firstAt);
  }
  for (const { states } of pods) for (const { at } of states) if (at >= from) times.push(at);
  return Float64Array.from(times);
}

/**
 * Controllers before their pods, and of each object its records in the order in which they came about.
 *
 * @param until what is later is left out
 */
function nearRecords({ built }: TimelineInput, until = Infinity): readonly NearRecord[] {
  const { pods, owners, top } = built.workload;
  const from = leadFrom(built);
  const near: NearRecord[] = [];
  const isNear = (event: EventRecord) => event.firstAt <= until && event.lastAt >= from;
  for (const { events } of [...(top === undefined ? [] : [top]), ...owners]) {
    for (const event of events) if (isNear(event)) near.push({ at: event.firstAt, event });
  }
  for (const pod of pods) {
    for (const state of pod.states) if (state.at >= from && state.at <= until) near.push({ at: state.at, pod, state });
    for (const event of pod.events) if (isNear(event)) near.push({ at: event.firstAt, pod, event });
  }
  return near;
}

/** In time order; what ties stays as it was, which is no accident. */
function inOrder(records: readonly NearRecord[]): readonly NearRecord[] {
  return records
    .map((record) => ({ record, by: orderedBy(record) }))
    .toSorted((a, b) => a.by - b.by)
    .map(({ record }) => record);
}

/** States are timed by who saw them, events by whole seconds as a rule: within its second an event counts from when it was seen. */
function orderedBy(record: NearRecord): Instant {
  if (!('event' in record)) return record.at;
  const { seenAt } = record.event;
  if (wholeSecond(seenAt) === wholeSecond(record.at)) return seenAt;
  return seenAt > record.at && record.at === wholeSecond(record.at) ? record.at + second - 1 : record.at;
}

/** Two states in a row that read the same differ in nothing a reader looks for: one line, which says that there were two. */
function foldStates(records: readonly NearRecord[]): readonly RecordRow[] {
  const rows: RecordRow[] = [];
  const newest = new Map<PodHistory, { readonly index: number; readonly text: string; readonly count: number }>();
  for (const record of records) {
    if ('event' in record) {
      rows.push(eventRow(record.event, record.pod));
      continue;
    }
    const text = describeState(record.state.record);
    const before = newest.get(record.pod);
    const row = before?.text === text ? rows[before.index] : undefined;
    if (before === undefined || row === undefined) {
      newest.set(record.pod, { index: rows.length, text, count: 1 });
      rows.push({ at: record.at, object: `pod/${record.pod.name}`, text });
    } else {
      const count = before.count + 1;
      newest.set(record.pod, { ...before, count });
      rows[before.index] = { ...row, until: record.at, text: text.replace(/: |$/, (colon) => ` ×${count}${colon}`) };
    }
  }
  return rows;
}

/** Of several containers the event's own is named: "Container started" alone does not say which. */
function eventRow(event: EventRecord, pod: PodHistory | undefined): RecordRow {
  const { kind, name } = event.record.involvedObject;
  const container = (pod?.containers.length ?? 0) > 1 && event.container !== undefined ? `/${event.container}` : '';
  return {
    at: event.firstAt,
    object: `${objectName(kind, name)}${container}`,
    text: `${event.record.reason}${event.count > 1 ? ` ×${event.count}` : ''}: ${event.message}`,
    ...(event.lastAt > event.firstAt ? { until: event.lastAt } : {}),
  };
}
