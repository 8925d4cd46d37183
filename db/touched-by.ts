import type { WorkloadKey } from '#core/store-model.ts';
import type { Observation } from '#core/wire/observation.ts';
import type { Connection } from './database.ts';
import type { LearnedObjects } from './learn-objects.ts';
import { notGone, type ObjectFact } from './object-fact.ts';
import { workloadsInTrouble, workloadsOfName, workloadsOnNode } from './owners-by-name.ts';
import { afterlifeMs } from './relevance.ts';
import type { StoredObservation } from './store-observations.ts';
import { isClaimKey, isNameKey, isNodeKey, subjectOf } from './subject.ts';

/** The longest time after a record that an opening threshold of design §5 can still be crossed, with room. */
const activityMs = 900_000;

/** The data times of the records that touched a workload, and until when the mere passing of time can change its outcome. */
export interface TouchTimes {
  readonly firstAt: number;
  readonly lastAt: number;
  readonly activeUntil: number;
}

export interface Touch extends TouchTimes {
  readonly workload: WorkloadKey;
  /** A record is about an object that a fold may have left out. */
  readonly reopens?: boolean;
}

export type Owner = Pick<ObjectFact, 'namespace' | 'workloadKind' | 'workloadName'>;

/** The workloads whose set of observations the changed records belong to. */
export async function touchedBy(
  tx: Connection,
  cluster: string,
  changed: readonly StoredObservation[],
  learned: LearnedObjects,
): Promise<readonly Touch[]> {
  const touches = new Map<string, Touch>();
  const touch = (owner: Owner, times: TouchTimes, late = false): void => {
    const id = `${owner.namespace}/${owner.workloadKind}/${owner.workloadName}`;
    const workload = { cluster, namespace: owner.namespace, kind: owner.workloadKind, name: owner.workloadName };
    const known = touches.get(id);
    touches.set(id, { workload, ...span(known ?? times, times), reopens: late || known?.reopens === true });
  };
  for (const { observation } of changed) {
    const times = timesOf(observation);
    const late = isLate(observation, learned);
    for (const owner of await ownersOf(tx, cluster, observation, learned)) touch(owner, times, late);
  }
  // Its new workload inherits records of unknown age.
  for (const owner of learned.moved) touch(owner, { firstAt: 0, lastAt: notGone, activeUntil: learned.learnedAt + activityMs });
  return [...touches.values()];
}

async function ownersOf(tx: Connection, cluster: string, observation: Observation, learned: LearnedObjects): Promise<readonly Owner[]> {
  const subject = subjectOf(observation);
  if (observation.kind === 'coverage') return workloadsInTrouble(tx, cluster, observation);
  if (isNodeKey(subject)) return workloadsOnNode(tx, cluster, subject, Date.parse(observation.observedAt));
  if (isNameKey(subject)) return workloadsOfName(tx, cluster, subject);
  const owner = learned.byUid.get(subject);
  return owner === undefined ? [] : [owner];
}

/** About what is gone for long, or about a name that what is gone may have borne. */
function isLate(observation: Observation, { byUid }: LearnedObjects): boolean {
  const subject = subjectOf(observation);
  if (isNameKey(subject)) return observation.kind === 'event' && !isNodeKey(subject) && !isClaimKey(subject);
  return Date.parse(observation.observedAt) > (byUid.get(subject)?.goneAt ?? notGone) + afterlifeMs;
}

function timesOf(observation: Observation): TouchTimes {
  // A note about what was not seen is no sign of life.
  if (observation.kind === 'coverage') return { firstAt: notGone, lastAt: 0, activeUntil: 0 };
  const at = Date.parse(observation.observedAt);
  const due = 'deletionTimestamp' in observation ? Date.parse(observation.deletionTimestamp ?? '') : Number.NaN;
  return { firstAt: at, lastAt: at, activeUntil: (Number.isNaN(due) ? at : Math.max(at, due)) + activityMs };
}

function span(a: TouchTimes, b: TouchTimes): TouchTimes {
  return {
    firstAt: Math.min(a.firstAt, b.firstAt),
    lastAt: Math.max(a.lastAt, b.lastAt),
    activeUntil: Math.max(a.activeUntil, b.activeUntil),
  };
}
