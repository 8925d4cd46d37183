import type { EventRecord } from '../../history/event-record.ts';
import type { PodState } from '../../history/pod-history.ts';
import type { Instant } from '../../time/instant.ts';
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
  const records = nearRecords(input);
  const shown = earliestOf(records, maxRows).map(toRow);
  const cells = shown.map((row): readonly Cell[] => [
    [words(row.until === undefined ? clock(row.at, onsetAt) : `${clock(row.at, onsetAt)} … ${clock(row.until, onsetAt)}`)],
    [quote(row.object, 80)],
    [quote(row.text, 200)],
  ]);
  const left = records.length - shown.length;
  return [
    heading(2, words('All records')),
    ...details('Every state and event, in time order', [
      table(['UTC', 'Object', 'Record'], cells),
      ...(left === 0 ? [] : [paragraph(words(`${left} later records are left out here; the store has them.`))]),
    ]),
  ];
}

interface Keyed {
  readonly at: Instant;
  /** Tells records of one moment apart; what an evidence id costs nobody needs to pay here. */
  readonly key: string;
}

type NearRecord = Keyed & ({ readonly pod: string; readonly state: PodState } | { readonly event: EventRecord });

function nearRecords({ built }: TimelineInput): readonly NearRecord[] {
  const { pods, owners, top } = built.workload;
  const from = leadFrom(built);
  const near: NearRecord[] = [];
  for (const pod of pods) {
    for (const state of pod.states) if (state.at >= from) near.push({ at: state.at, key: state.record.id, pod: pod.name, state });
  }
  for (const { events } of [...pods, ...owners, ...(top === undefined ? [] : [top])]) {
    for (const event of events) if (event.lastAt >= from) near.push({ at: event.firstAt, key: event.record.id, event });
  }
  return near;
}

/** The first `count` in time order. Of many thousands only these need to be put in order. */
function earliestOf(records: readonly NearRecord[], count: number): readonly NearRecord[] {
  const edge = Float64Array.from(records, ({ at }) => at).toSorted()[count - 1] ?? Infinity;
  return records
    .filter(({ at }) => at <= edge)
    .toSorted((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))
    .slice(0, count);
}

function toRow(record: NearRecord): RecordRow {
  if ('event' in record) return eventRow(record.event);
  return { at: record.at, object: `pod/${record.pod}`, text: describeState(record.state.record) };
}

function eventRow(event: EventRecord): RecordRow {
  const { kind, name } = event.record.involvedObject;
  return {
    at: event.firstAt,
    object: objectName(kind, name),
    text: `${event.record.reason}${event.count > 1 ? ` ×${event.count}` : ''}: ${event.message}`,
    ...(event.lastAt > event.firstAt ? { until: event.lastAt } : {}),
  };
}
