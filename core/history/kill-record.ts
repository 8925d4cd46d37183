import { parseKilling, type Killing } from '../causes/parse-killing.ts';
import { second } from '../time/instant.ts';
import type { Attempt, AttemptEnd } from './container-history.ts';
import type { EventRecord } from './event-record.ts';

/** A `Killing` event with what its message says. */
export interface KillRecord {
  readonly event: EventRecord;
  readonly killing: Killing;
}

export function toKillRecords(events: readonly EventRecord[]): readonly KillRecord[] {
  return events.filter((event) => event.record.reason === 'Killing').map((event) => ({ event, killing: parseKilling(event.message) }));
}

/**
 * Whether an event falls into the life of an attempt; the process may take its whole grace period to end.
 *
 * @param slack milliseconds after the end that still count
 */
export function fallsInto(event: EventRecord, death: Attempt & { readonly end: AttemptEnd }, slack: number): boolean {
  const from = (death.startedAt ?? death.end.finishedAt) - second;
  const to = death.end.finishedAt + slack;
  if (event.occurrences.some((at) => at >= from && at <= to)) return true;
  // Between two versions of the event some of its times are not known, only that they lie in between.
  return event.count > event.occurrences.length && event.firstAt <= to && event.lastAt >= from;
}
