import type { EventRecord } from '../../history/event-record.ts';
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
  readonly text: () => string;
  /** Tells rows of one moment apart; what an id costs nobody needs to pay here. */
  readonly key: string;
}

/** A document that nobody can open helps nobody; the store has the rest. */
const maxRows = 400;

/** Every state and event of the workload's objects around the incident, repetitions folded. */
export function recordsSection(input: TimelineInput): readonly Block[] {
  const rows = recordRows(input);
  const { onsetAt } = input.built.group;
  const shown = rows.slice(0, maxRows);
  const cells = shown.map((row): readonly Cell[] => [
    [words(row.until === undefined ? clock(row.at, onsetAt) : `${clock(row.at, onsetAt)} … ${clock(row.until, onsetAt)}`)],
    [quote(row.object, 80)],
    [quote(row.text(), 200)],
  ]);
  const left = rows.length - shown.length;
  return [
    heading(2, words('All records')),
    ...details('Every state and event, in time order', [
      table(['UTC', 'Object', 'Record'], cells),
      ...(left === 0 ? [] : [paragraph(words(`${left} later records are left out here; the store has them.`))]),
    ]),
  ];
}

function recordRows({ built }: TimelineInput): readonly RecordRow[] {
  const { workload } = built;
  const pods = workload.pods.flatMap((pod): readonly RecordRow[] => [
    ...pod.states.map((state) => ({
      at: state.at,
      object: `pod/${pod.name}`,
      text: () => describeState(state.record),
      key: state.record.id,
    })),
    ...pod.events.map((event) => eventRow(event)),
  ]);
  const owners = [...workload.owners, ...(workload.top === undefined ? [] : [workload.top])].flatMap((owner) =>
    owner.events.map((event) => eventRow(event)),
  );
  const from = leadFrom(built);
  const near = [...pods, ...owners].filter((row) => (row.until ?? row.at) >= from);
  return near.toSorted((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
}

function eventRow(event: EventRecord): RecordRow {
  const { kind, name } = event.record.involvedObject;
  return {
    at: event.firstAt,
    object: objectName(kind, name),
    text: () => `${event.record.reason}${event.count > 1 ? ` ×${event.count}` : ''}: ${event.message}`,
    key: event.record.id,
    ...(event.lastAt > event.firstAt ? { until: event.lastAt } : {}),
  };
}
