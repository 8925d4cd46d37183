import { conditionOf } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { BuiltIncident } from '../incident/build-incidents.ts';
import type { Image } from '../incident/incident.ts';
import { toImage } from '../incident/image.ts';
import { earliest, instantOf, type Instant } from '../time/instant.ts';

/** When a pod passed each step of its life; a step that no record shows is absent. */
export interface LedgerRow {
  readonly pod: string;
  readonly image?: Image;
  readonly createdAt: Instant;
  readonly scheduledAt?: Instant;
  /** First image on the node, pulled or already there. */
  readonly pulledAt?: Instant;
  /** First process of an app container. */
  readonly startedAt?: Instant;
  readonly readyAt?: Instant;
  readonly failedAt?: Instant;
  readonly failedAs?: string;
  /** A pod of the same workload that became ready and never failed: what the others are to be measured by. */
  readonly good: boolean;
}

export interface PhaseLedger {
  readonly rows: readonly LedgerRow[];
  /** Failing pods that have no row. */
  readonly left: number;
}

/** The first failing pods of an incident, oldest first, and the last good one beside them. */
export function phaseLedger({ workload, group, signs }: BuiltIncident, maxFailing: number): PhaseLedger {
  const failing = new Set(group.signs.map((sign) => sign.podUid));
  const everFailed = new Set(signs.primary.map((sign) => sign.podUid));
  const failed = workload.pods.filter((pod) => failing.has(pod.uid));
  const rows = failed.slice(0, maxFailing).map((pod) => {
    const first = group.signs.find((sign) => sign.podUid === pod.uid);
    return toRow(pod, first === undefined ? {} : { failedAt: first.from, failedAs: first.symptom });
  });
  const left = failed.length - rows.length;
  const good = workload.pods.filter((pod) => !everFailed.has(pod.uid) && readyAt(pod) !== undefined);
  // The last one before the incident; where there was none, the first one after it.
  const reference = good.findLast((pod) => pod.createdAt < group.onsetAt) ?? good[0];
  return { left, rows: reference === undefined ? rows : [...rows, { ...toRow(reference, {}), good: true }] };
}

function toRow(pod: PodHistory, failure: { readonly failedAt?: Instant; readonly failedAs?: string }): LedgerRow {
  const app = pod.containers.find((container) => container.role === 'app');
  const scheduledAt =
    earliest(...pod.events.filter((event) => event.record.reason === 'Scheduled').map((event) => event.firstAt)) ?? scheduledCondition(pod);
  const pulledAt = earliest(...pod.events.filter((event) => event.record.reason === 'Pulled').map((event) => event.firstAt));
  const startedAt = earliest(
    ...pod.containers
      .filter((container) => container.role === 'app')
      .flatMap((container) => container.attempts.map((attempt) => attempt.startedAt)),
  );
  const ready = readyAt(pod);
  return {
    pod: pod.name,
    createdAt: pod.createdAt,
    good: false,
    ...failure,
    ...(app === undefined ? {} : { image: toImage(app.status.image, app.status.imageID) }),
    ...(scheduledAt === undefined ? {} : { scheduledAt }),
    ...(pulledAt === undefined ? {} : { pulledAt }),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(ready === undefined ? {} : { readyAt: ready }),
  };
}

function scheduledCondition(pod: PodHistory): Instant | undefined {
  const state = pod.states.find((item) => conditionOf(item.record, 'PodScheduled')?.status === 'True');
  return state === undefined ? undefined : instantOf(conditionOf(state.record, 'PodScheduled')?.lastTransitionTime);
}

function readyAt(pod: PodHistory): Instant | undefined {
  return pod.states.find((state) => conditionOf(state.record, 'Ready')?.status === 'True')?.at;
}
