import { createRejectedCause } from '../causes/create-rejected-cause.ts';
import type { EventRecord } from '../history/event-record.ts';
import { podsOf } from '../history/jobs.ts';
import type { OwnerHistory, OwnerState } from '../history/owner-history.ts';
import { conditionOf } from '../history/pod-facts.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Evidence } from '../incident/incident.ts';
import { earliest, instantOf, type Instant } from '../time/instant.ts';
import { citeCondition, citeEvent } from './cite.ts';

const reasons = new Set(['FailedCreate', 'ReplicaSetCreateError', 'FailedCreateError']);

/** One refusal as an event, or as the condition that remains when events have expired. */
export interface Refusal {
  readonly text: string;
  readonly from: Instant;
  readonly lastAt: Instant;
  readonly count: number;
  readonly secondTry?: Instant | undefined;
  readonly evidence: Evidence;
}

export function refusalsOf(owner: OwnerHistory): readonly Refusal[] {
  const events = owner.events.filter((event) => reasons.has(event.record.reason)).map(ofEvent);
  const state = owner.states.find(isRefused);
  const all = [...events, ...(state === undefined ? [] : [ofCondition(state)])];
  // A namespace that goes away takes its pods with it: that is a deletion, not a refusal.
  return all.filter((refusal) => createRejectedCause(refusal.text)?.cause !== 'namespace-terminating');
}

function ofEvent(event: EventRecord): Refusal {
  const secondTry = event.count > 1 ? (event.occurrences[1] ?? event.lastAt) : undefined;
  return { text: event.message, from: event.firstAt, lastAt: event.lastAt, count: event.count, secondTry, evidence: citeEvent(event) };
}

function isRefused({ record }: OwnerState): boolean {
  return conditionOf({ conditions: record.conditions ?? [] }, 'ReplicaFailure')?.status === 'True';
}

function ofCondition(state: OwnerState): Refusal {
  const condition = conditionOf({ conditions: state.record.conditions ?? [] }, 'ReplicaFailure');
  const from = instantOf(condition?.lastTransitionTime) ?? state.at;
  return { text: condition?.message ?? '', from, lastAt: state.at, count: 1, evidence: citeCondition(state, 'ReplicaFailure') };
}

/** Over when the controller could create a pod again, has all it wants, wants none, or is gone. */
export function refusedUntil(workload: WorkloadHistory, owner: OwnerHistory, after: Instant): Instant | undefined {
  const created = podsOf(workload, owner).flatMap((pod) => (pod.createdAt > after ? [pod.createdAt] : []));
  const content = owner.states.find(({ at, record }) => at > after && isContent(record));
  return earliest(...created, content?.at);
}

/** The controller has what it wants, or wants nothing any more. */
export function isContent({ deleted, deletionTimestamp, replicas, conditions = [] }: OwnerState['record']): boolean {
  if (deleted === true || deletionTimestamp !== undefined) return true;
  if (conditionOf({ conditions }, 'ReplicaFailure')?.status === 'True') return false;
  const { wanted, current } = replicas ?? {};
  return wanted !== undefined && (wanted === 0 || (current ?? 0) >= wanted);
}
