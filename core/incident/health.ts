import { conditionOf } from '../history/pod-facts.ts';
import { ownerStateAt } from '../history/owner-history.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { instantOf, second, type Instant } from '../time/instant.ts';
import { runHealthOf, type RunHealth } from './run-health.ts';

/** How well the workload was from `at` until the next point. */
export interface HealthPoint {
  readonly at: Instant;
  /** Everything wanted is ready, and every pod that should live is. */
  readonly healthy: boolean;
  readonly ready: number;
  /** Replicas wanted; undefined when no controller was seen that says so. */
  readonly wanted?: number;
  /** Deleted, scaled to zero, or finished: nothing is left that could recover. */
  readonly ended: boolean;
}

/** Health over time, one point for each change of a pod or of the topmost controller, in time order. */
export function healthOf(workload: WorkloadHistory): readonly HealthPoint[] {
  const runs = runHealthOf(workload);
  const times = new Set<Instant>([
    ...workload.pods.flatMap((pod) => [
      ...pod.states.map((state) => state.at),
      ...(pod.deletionRequestedAt === undefined ? [] : [pod.deletionRequestedAt]),
    ]),
    ...(workload.top?.states.map((state) => state.at) ?? []),
    ...(runs?.times ?? []),
  ]);
  return [...times].toSorted((a, b) => a - b).map((at) => healthAt(workload, at, runs));
}

function healthAt(workload: WorkloadHistory, at: Instant, runs: RunHealth | undefined): HealthPoint {
  const alive = workload.pods.filter((pod) => isAlive(pod, at));
  const ready = alive.filter((pod) => isReady(pod, at)).length;
  const wanted = wantedAt(workload, at);
  const ended = hasEnded(workload, at, wanted);
  const enough = wanted === undefined ? ready > 0 : wanted > 0 && ready >= wanted;
  const well = runs?.wellAt(at) ?? (enough && ready === alive.length);
  return { at, ready, healthy: !ended && well, ended, ...(wanted === undefined ? {} : { wanted }) };
}

function stateAt(pod: PodHistory, at: Instant) {
  return pod.states.findLast((state) => state.at <= at);
}

function isAlive(pod: PodHistory, at: Instant): boolean {
  const state = stateAt(pod, at);
  if (state === undefined || state.record.deleted === true) return false;
  if (pod.deletionRequestedAt !== undefined && pod.deletionRequestedAt <= at) return false;
  return state.record.phase !== 'Succeeded' && state.record.phase !== 'Failed';
}

function isReady(pod: PodHistory, at: Instant): boolean {
  const state = stateAt(pod, at);
  return state !== undefined && conditionOf(state.record, 'Ready')?.status === 'True';
}

function wantedAt(workload: WorkloadHistory, at: Instant): number | undefined {
  return workload.top === undefined ? undefined : ownerStateAt(workload.top, at)?.record.replicas?.wanted;
}

function hasEnded(workload: WorkloadHistory, at: Instant, wanted: number | undefined): boolean {
  const { kind } = workload.key;
  const top = workload.top === undefined ? undefined : ownerStateAt(workload.top, at)?.record;
  if (top !== undefined) {
    if (top.deleted === true || (instantOf(top.deletionTimestamp) ?? Infinity) <= at) return true;
    if (kind === 'Job')
      return (top.conditions ?? []).some((condition) => ['Complete', 'Failed'].includes(condition.type) && condition.status === 'True');
    return wanted === 0;
  }
  if (kind !== 'Pod') return false;
  const state = workload.pods[0] === undefined ? undefined : stateAt(workload.pods[0], at);
  return state !== undefined && (state.record.deleted === true || state.record.phase === 'Succeeded' || state.record.phase === 'Failed');
}

/** Being ready for less than this between two deaths of a crash loop is no news. */
const notable = 10 * second;

/** The points after `from` at which the workload became well, and stayed so long enough to be worth a word. */
export function recoveriesAfter(health: readonly HealthPoint[], from: Instant): readonly HealthPoint[] {
  return health.filter((point, index) => {
    if (!point.healthy || health[index - 1]?.healthy === true || point.at < from) return false;
    const end = health.slice(index).find((later) => !later.healthy)?.at;
    return end === undefined || end - point.at >= notable;
  });
}
