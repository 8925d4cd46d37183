import type { EventRecord } from '../../history/event-record.ts';
import { minute } from '../../time/instant.ts';

/** client-go's spam filter: so many events of one source about one object at once, then one in this time. */
const burst = 25;
const refill = 5 * minute;

/**
 * Whether a kubelet may have held back events about an object: it sent as many as its filter lets through in that time, so
 * that a later one may never have been written.
 *
 * @param events of one object
 */
export function mayBeHeldBack(events: readonly EventRecord[]): boolean {
  if (events.reduce((sum, event) => sum + event.count, 0) < burst) return false;
  const bySource = Map.groupBy(events, ({ record }) => JSON.stringify([record.source.component, record.source.host, record.type]));
  return [...bySource.values()].some((own) => {
    const sent = own.reduce((sum, event) => sum + event.count, 0);
    const first = Math.min(...own.map((event) => event.firstAt));
    const last = Math.max(...own.map((event) => event.lastAt));
    return sent >= burst + Math.floor((last - first) / refill);
  });
}
