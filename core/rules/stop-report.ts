import { isStop } from '../history/expected-end.ts';
import type { ContainerHistory } from '../history/container-history.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { Evidence } from '../incident/incident.ts';
import { earliest, latest, type Instant } from '../time/instant.ts';
import { citeDeath, citeEvent, citePodReason } from './cite.ts';
import type { Sign } from './rule.ts';

/** What the records say of a decision to stop a pod: its own status, an event, or both. */
export interface StopReport {
  /** The message, whole in the status and often cut in the event. */
  readonly text: string;
  readonly from: Instant;
  readonly lastAt: Instant;
  /** When the pod had ended or was gone. */
  readonly until?: Instant;
  readonly evidence: readonly [Evidence, ...Evidence[]];
}

/** @param reasons values of `status.reason` that report this stop */
export function stopReport(
  pod: PodHistory,
  reasons: ReadonlySet<string>,
  isReport: (event: EventRecord) => boolean,
): StopReport | undefined {
  const state = pod.states.find(({ record: { reason } }) => reason !== undefined && reasons.has(reason));
  const events = pod.events.filter(isReport);
  const [first, ...rest] = [...events.map(citeEvent), ...(state === undefined ? [] : [citePodReason(state)])];
  if (first === undefined) return undefined;
  const from = earliest(events[0]?.firstAt, state === undefined ? undefined : (pod.stop?.at ?? state.at)) ?? pod.createdAt;
  const until = earliest(...[pod.terminalAt, pod.goneAt].filter((at) => at !== undefined && at >= from));
  return {
    text: (state?.record.message ?? events.at(-1)?.message ?? '').trim(),
    from,
    lastAt: until ?? latest(from, ...events.map((event) => event.lastAt)) ?? from,
    evidence: [first, ...rest],
    ...(until === undefined ? {} : { until }),
  };
}

/** A sign's times and evidence for a stop, which is an incident at once, and the end of the container it brought about. */
export function reported(
  pod: PodHistory,
  container: ContainerHistory | undefined,
  { from, lastAt, until, evidence }: Omit<StopReport, 'text'>,
): Pick<Sign, 'from' | 'lastAt' | 'until' | 'opensAt' | 'evidence' | 'deaths' | 'exitCode' | 'restartCount'> {
  const ends = container === undefined ? [] : container.deaths.filter((death) => isStop(pod, death));
  const last = ends.at(-1);
  const [first, ...rest] = evidence;
  return {
    from,
    lastAt,
    opensAt: from,
    // An end without containerID is not one of the ledger.
    deaths: last?.containerID === undefined ? [] : [last.key],
    evidence: [first, ...rest, ...(last === undefined ? [] : [citeDeath(last)])],
    ...(until === undefined ? {} : { until }),
    ...(last === undefined ? {} : { exitCode: last.end.terminated.exitCode }),
    ...(container?.status.restartCount === undefined ? {} : { restartCount: container.status.restartCount }),
  };
}
