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
  return workload.pods
    .filter((pod) => uids.has(pod.uid))
    .flatMap((pod) =>
      pod.events
        .filter((event) => isShown(event) && !cited.has(event.evidence) && event.lastAt >= group.onsetAt && event.firstAt <= end)
        .map((event) => toEntry(event, pod.name)),
    );
}

/** Readiness warnings while a process boots, and stops of the whole pod, are how Kubernetes works and no news. */
function isShown(event: EventRecord): boolean {
  const { reason, type } = event.record;
  if (reason === 'BackOff') return type === 'Warning';
  if (reason === 'Killing') return parseKilling(event.message).why !== 'pod-stop';
  return reason === 'Unhealthy' && probeCause(event.message)?.probe !== 'readiness';
}

function toEntry(event: EventRecord, pod: string): Entry {
  const repeated: readonly Inline[] = event.count > 1 ? [words(` ×${event.count}`)] : [];
  return {
    times: event.lastAt > event.firstAt ? [event.firstAt, event.lastAt] : [event.firstAt],
    span: event.lastAt > event.firstAt ? 'range' : 'point',
    what: [...describe(event), ...repeated],
    object: `pod/${pod}`,
    evidence: [event.evidence],
    rank: 4,
    ...(event.record.reason === 'BackOff' ? {} : { phase: 'running' as const }),
  };
}

/** The message of a back-off only repeats names and a uid. */
function describe(event: EventRecord): readonly Inline[] {
  if (event.record.reason !== 'BackOff') return [quote(event.record.reason), words(': '), quote(event.message, 140)];
  return [words('back-off before a restart of container '), quote(event.container ?? '?')];
}
