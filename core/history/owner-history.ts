import { Cited } from '../evidence/cited.ts';
import type { EvidenceId } from '../evidence/evidence-id.ts';
import { latest, type Instant } from '../time/instant.ts';
import { lastAt } from '../time/last-at.ts';
import type { HashText } from '../wire/observation-id.ts';
import type { WorkloadObservation } from '../wire/workload.ts';
import type { EventRecord } from './event-record.ts';
import { byVersion } from './pod-history.ts';
import { sameContent } from './same-content.ts';

export interface OwnerState {
  readonly at: Instant;
  readonly evidence: EvidenceId;
  readonly record: WorkloadObservation;
}

/** One controller object (Deployment, ReplicaSet, Job …) over time. */
export interface OwnerHistory {
  readonly uid: string;
  readonly kind: string;
  readonly name: string;
  /** In time order, at least one; consecutive equal states are one. */
  readonly states: readonly OwnerState[];
  readonly latest: WorkloadObservation;
  readonly events: readonly EventRecord[];
}

export function toOwnerHistory(observations: readonly WorkloadObservation[], events: readonly EventRecord[], hash: HashText): OwnerHistory {
  const states: OwnerState[] = [];
  for (const record of observations.toSorted(byVersion)) {
    const previous = states.at(-1);
    if (previous !== undefined && sameContent(previous.record, record)) continue;
    states.push(new SeenState(latest(Date.parse(record.observedAt), previous?.at) ?? 0, record, hash));
  }
  const newest = states.at(-1);
  if (newest === undefined) throw new RangeError('an owner history needs at least one state');
  return { uid: newest.record.uid, kind: newest.record.objectKind, name: newest.record.name, states, latest: newest.record, events };
}

class SeenState extends Cited implements OwnerState {
  readonly at: Instant;
  readonly record: WorkloadObservation;

  constructor(at: Instant, record: WorkloadObservation, hash: HashText) {
    super(hash);
    this.at = at;
    this.record = record;
  }
}

/** The state in force at `at`: the last one that began before or then. */
export function ownerStateAt(owner: OwnerHistory, at: Instant): OwnerState | undefined {
  return lastAt(owner.states, at);
}
