import { parseKilling } from '../causes/parse-killing.ts';
import { probeCause } from '../causes/probe-cause.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { BuiltIncident } from '../incident/build-incidents.ts';
import { quote, words, type Inline } from '../report/inline.ts';
import type { Entry } from './entry.ts';

/** Events of the incident's pods, from the onset to its end. */
export function eventEntries({ workload, group }: BuiltIncident): readonly Entry[] {
  const uids = new Set(group.signs.map((sign) => sign.podUid));
  const cited = new Set(group.signs.flatMap((sign) => sign.evidence.map((item) => item.id)));
  const end = group.recoveredAt ?? group.endedAt ?? workload.now;
  const shown = workload.pods
    .filter((pod) => uids.has(pod.uid))
    .flatMap((pod) =>
      pod.events
        .filter((event) => isShown(event) && !cited.has(event.evidence) && event.lastAt >= group.onsetAt && event.firstAt <= end)
        .map((event): PodEvent => ({ event, pod: pod.name })),
    );
  return [...Map.groupBy(shown, sameNews).values()].flatMap(([first, ...same]) => (first === undefined ? [] : [toEntry(first, same)]));
}

interface PodEvent {
  readonly event: EventRecord;
  readonly pod: string;
}

/** Back-offs of one container say the same in all of its pods; other events say it in their own words. */
function sameNews({ event, pod }: PodEvent): string {
  const { reason } = event.record;
  return JSON.stringify(reason === 'BackOff' ? [reason, event.container] : [reason, pod, event.record.uid]);
}

/** Readiness warnings while a process boots, and stops of the whole pod, are how Kubernetes works and no news. */
function isShown(event: EventRecord): boolean {
  const { reason, type } = event.record;
  if (reason === 'BackOff') return type === 'Warning';
  if (reason === 'Killing') return parseKilling(event.message).why !== 'pod-stop';
  return reason === 'Unhealthy' && probeCause(event.message)?.probe !== 'readiness';
}

function toEntry({ event, pod }: PodEvent, same: readonly PodEvent[]): Entry {
  const all = [event, ...same.map((other) => other.event)];
  const count = all.reduce((sum, item) => sum + item.count, 0);
  const from = Math.min(...all.map((item) => item.firstAt));
  const to = Math.max(...all.map((item) => item.lastAt));
  const others = new Set(same.map((other) => other.pod)).size - (same.some((other) => other.pod === pod) ? 1 : 0);
  return {
    times: to > from ? [from, to] : [from],
    span: to > from ? 'range' : 'point',
    what: [...describe(event), ...(count > 1 ? [words(` ×${count}`)] : [])],
    object: `pod/${pod}${others === 0 ? '' : ` +${others}`}`,
    evidence: [event.evidence, ...same.map((other) => other.event.evidence)],
    rank: 4,
    ...(event.record.reason === 'BackOff' ? {} : { phase: 'running' as const }),
  };
}

/** The message of a back-off only repeats names and a uid. */
function describe(event: EventRecord): readonly Inline[] {
  if (event.record.reason !== 'BackOff') return [quote(event.record.reason), words(': '), quote(event.message, 140)];
  return [words('back-off before a restart of container '), quote(event.container ?? '?')];
}
