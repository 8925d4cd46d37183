import { parseKilling } from '../causes/parse-killing.ts';
import { probeCause } from '../causes/probe-cause.ts';
import type { EventRecord } from '../history/event-record.ts';
import { backOffDelay } from '../causes/back-off-delay.ts';
import type { PodHistory } from '../history/pod-history.ts';
import { imageOf } from '../history/pod-facts.ts';
import { describeDuration } from '../time/duration.ts';
import { second } from '../time/instant.ts';
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
        .filter((event) => event.lastAt >= group.onsetAt && event.firstAt <= end && isShown(event) && !cited.has(event.evidence))
        .map((event): PodEvent => ({ event, pod })),
    );
  return [...Map.groupBy(shown, sameNews).values()].flatMap(([first, ...same]) => (first === undefined ? [] : [toEntry(first, same)]));
}

interface PodEvent {
  readonly event: EventRecord;
  readonly pod: PodHistory;
}

/** Back-offs of one container say the same in all of its pods; other events say it in their own words. */
function sameNews({ event, pod }: PodEvent): string {
  const { reason } = event.record;
  return JSON.stringify(reason === 'BackOff' ? [reason, event.container] : [reason, pod.uid, event.record.uid]);
}

/** Readiness warnings while a process boots, and stops of the whole pod, are how Kubernetes works and no news. */
function isShown(event: EventRecord): boolean {
  const { reason, type } = event.record;
  if (reason === 'BackOff') return type === 'Warning';
  if (reason === 'Killing') return parseKilling(event.message).why !== 'pod-stop';
  return reason === 'Unhealthy' && probeCause(event.message)?.probe !== 'readiness';
}

function toEntry(first: PodEvent, same: readonly PodEvent[]): Entry {
  const { event, pod } = first;
  const all = [first, ...same];
  const from = Math.min(...all.map((item) => item.event.firstAt));
  const to = Math.max(...all.map((item) => item.event.lastAt));
  const others = new Set(all.map((other) => other.pod.uid)).size - 1;
  const status = pod.containers.find(({ name }) => name === event.container)?.status;
  return {
    times: to > from ? [from, to] : [from],
    span: to > from ? 'range' : 'point',
    what: describe(all, first),
    object: `pod/${pod.name}${others === 0 ? '' : ` +${others}`}`,
    evidence: [event.evidence, ...same.map((other) => other.event.evidence)],
    rank: 4,
    ...(event.record.reason === 'BackOff' ? {} : { phase: 'running' as const }),
    ...(status === undefined ? {} : { image: imageOf(status) }),
  };
}

/** The message of a back-off only repeats names and a uid, and its count grows with every look: how long it was is in the status. */
function describe(all: readonly PodEvent[], { event }: PodEvent): readonly Inline[] {
  const count = all.reduce((sum, item) => sum + item.event.count, 0);
  const times = count > 1 ? ` ×${count}` : '';
  if (event.record.reason !== 'BackOff') return [quote(event.record.reason), words(': '), quote(event.message, 140), words(times)];
  const delays = delaysIn(all);
  return [
    words('back-off before a restart of container '),
    quote(event.container ?? '?'),
    words(`${delays === '' ? '' : `, ${delays}`} (`),
    quote('BackOff'),
    words(`${times})`),
  ];
}

/** More than these are told by the first and the last. */
const maxDelays = 4;

/** `10 s, 20 s, 40 s`: the delays that the pods' states show, each once, as they grow. */
function delaysIn(all: readonly PodEvent[]): string {
  const containers = new Map(
    all.flatMap(({ event, pod }) =>
      pod.containers.filter(({ name }) => name === event.container).map((item) => [`${pod.uid}/${item.name}`, item] as const),
    ),
  );
  const seen = [...containers.values()].flatMap(({ spans }) =>
    spans.flatMap(({ reason, status }) =>
      reason === 'CrashLoopBackOff' ? (backOffDelay(status.state?.waiting?.message ?? '') ?? []) : [],
    ),
  );
  const delays = [...new Set(seen)].toSorted((a, b) => a - b).map((seconds) => describeDuration(seconds * second));
  return delays.length > maxDelays ? `${delays[0] ?? ''} to ${delays.at(-1) ?? ''}` : delays.join(', ');
}
