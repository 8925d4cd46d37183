import { ownerStateAt } from '../history/owner-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { instantOf, second, type Instant } from '../time/instant.ts';
import { lastAt } from '../time/last-at.ts';
import { podCensus, type Census } from './pod-census.ts';
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
  const times = new Set<Instant>(runs?.times);
  for (const { states, deletionRequestedAt } of workload.pods) {
    for (const { at } of states) times.add(at);
    if (deletionRequestedAt !== undefined) times.add(deletionRequestedAt);
  }
  for (const { at } of workload.top?.states ?? []) times.add(at);
  const census = podCensus(workload.pods);
  return Array.from(Float64Array.from(times).toSorted(), (at) => healthAt(workload, at, lastAt(census, at) ?? nobody, runs));
}

const nobody: Census = { alive: 0, ready: 0 };

function healthAt(workload: WorkloadHistory, at: Instant, { alive, ready }: Census, runs: RunHealth | undefined): HealthPoint {
  const wanted = wantedAt(workload, at);
  const ended = hasEnded(workload, at, wanted);
  const enough = wanted === undefined ? ready > 0 : wanted > 0 && ready >= wanted;
  const well = runs?.wellAt(at) ?? (enough && ready === alive);
  return { at, ready, healthy: !ended && well, ended, ...(wanted === undefined ? {} : { wanted }) };
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
  const state = lastAt(workload.pods[0]?.states ?? [], at);
  return state !== undefined && (state.record.deleted === true || state.record.phase === 'Succeeded' || state.record.phase === 'Failed');
}

/** Being ready for less than this between two deaths of a crash loop is no news. */
const notable = 10 * second;

/** The points after `from` at which the workload became well, and stayed so long enough to be worth a word. */
export function recoveriesAfter(health: readonly HealthPoint[], from: Instant): readonly HealthPoint[] {
  const found: HealthPoint[] = [];
  let wellSince: HealthPoint | undefined;
  for (const point of health) {
    if (point.healthy) wellSince ??= point;
    else if (wellSince !== undefined) {
      if (wellSince.at >= from && point.at - wellSince.at >= notable) found.push(wellSince);
      wellSince = undefined;
    }
  }
  if (wellSince !== undefined && wellSince.at >= from) found.push(wellSince);
  return found;
}
