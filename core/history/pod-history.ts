import { Cited } from '../evidence/cited.ts';
import type { EvidenceId } from '../evidence/evidence-id.ts';
import { instantOf, second, type Instant } from '../time/instant.ts';
import type { ContainerState, ContainerStatus } from '../wire/container.ts';
import type { HashText } from '../wire/observation-id.ts';
import type { PodObservation } from '../wire/pod.ts';
import { toContainerHistory, type ContainerHistory } from './container-history.ts';
import type { EventRecord } from './event-record.ts';
import { sameContent } from './same-content.ts';
import { toKillRecords, type KillRecord } from './kill-record.ts';
import { stopOf, type PodStop } from './pod-stop.ts';

/** One state of a pod; consecutive equal states are one. */
export interface PodState {
  readonly at: Instant;
  readonly evidence: EvidenceId;
  readonly record: PodObservation;
  /** The id of a death that this state is the first to show. */
  evidenceOfDeath(containerID: string): EvidenceId;
}

export interface PodHistory {
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly createdAt: Instant;
  /** In time order, at least one. */
  readonly states: readonly PodState[];
  /** The newest state's record. */
  readonly latest: PodObservation;
  readonly containers: readonly ContainerHistory[];
  readonly events: readonly EventRecord[];
  /** Its `Killing` events. */
  readonly kills: readonly KillRecord[];
  /** Those of its states that name it as the target of a disruption; most pods have none. */
  readonly disrupted: readonly PodState[];
  /** When the pod as a whole was told to stop, by a deletion or otherwise. */
  readonly stop?: PodStop;
  /** When somebody asked for the pod's deletion: from then on its containers stop on purpose. */
  readonly deletionRequestedAt?: Instant;
  /** When the pod was seen to be gone. */
  readonly goneAt?: Instant;
  /** When the pod reached Succeeded or Failed. */
  readonly terminalAt?: Instant;
}

/**
 * @param observations of one pod uid, any order
 * @param events of that pod
 */
export function toPodHistory(observations: readonly PodObservation[], events: readonly EventRecord[], hash: HashText): PodHistory {
  const states = toStates(observations, hash);
  const newest = states.at(-1);
  if (newest === undefined) throw new RangeError('a pod history needs at least one state');
  const names = new Set<string>();
  for (const { record } of states) for (const { name } of record.containers) names.add(name);
  const deletion = deletionRequest(states);
  const goneAt = states.find((state) => state.record.deleted)?.at;
  const terminalAt = states.find((state) => state.record.phase === 'Succeeded' || state.record.phase === 'Failed')?.at;
  const containers = [...names].map((name) => toContainerHistory(name, states));
  const kills = toKillRecords(events);
  const disrupted = states.filter(({ record }) => record.conditions.some(({ type }) => type === 'DisruptionTarget'));
  const stop = stopOf({ states, disrupted, containers, events, kills, deletion });
  return {
    uid: newest.record.uid,
    name: newest.record.name,
    namespace: newest.record.namespace,
    createdAt: instantOf(newest.record.createdAt) ?? newest.at,
    states,
    latest: newest.record,
    containers,
    events,
    kills,
    disrupted,
    ...(stop === undefined ? {} : { stop }),
    ...(deletion === undefined ? {} : { deletionRequestedAt: deletion.at }),
    ...(goneAt === undefined ? {} : { goneAt }),
    ...(terminalAt === undefined ? {} : { terminalAt }),
  };
}

function toStates(observations: readonly PodObservation[], hash: HashText): readonly PodState[] {
  const ordered = inOrder(observations);
  const states: PodState[] = [];
  for (const record of ordered) {
    const previous = states.at(-1);
    if (previous !== undefined && sameStatuses(previous.record, record) && sameContent(previous.record, record)) continue;
    // The API server's version order is the truth; an observer's clock may disagree by a little and must not turn it round.
    const at = Math.max(Date.parse(record.observedAt), previous?.at ?? 0);
    states.push(new SeenState(at, record, hash));
  }
  return states;
}

/** Nearly all states differ in one of these: looking here first spares the comparison of everything that stays. */
function sameStatuses(a: PodObservation, b: PodObservation): boolean {
  if (a.phase !== b.phase || a.deleted !== b.deleted || a.deletionTimestamp !== b.deletionTimestamp) return false;
  if (a.containers.length !== b.containers.length || a.conditions.length !== b.conditions.length) return false;
  if (a.conditions.some(({ status }, index) => status !== b.conditions[index]?.status)) return false;
  return a.containers.every((container, index) => {
    const other = b.containers[index];
    return other !== undefined && sameInstance(container, other) && sameStep(container.state, other.state);
  });
}

function sameInstance(a: ContainerStatus, b: ContainerStatus): boolean {
  return a.ready === b.ready && a.restartCount === b.restartCount && a.containerID === b.containerID;
}

function sameStep(a: ContainerState | undefined, b: ContainerState | undefined): boolean {
  if (a?.waiting?.reason !== b?.waiting?.reason || a?.waiting?.message !== b?.waiting?.message) return false;
  return (a?.running === undefined) === (b?.running === undefined);
}

class SeenState extends Cited implements PodState {
  readonly at: Instant;
  readonly record: PodObservation;

  constructor(at: Instant, record: PodObservation, hash: HashText) {
    super(hash);
    this.at = at;
    this.record = record;
  }
}

const numeric = /^\d+$/;

/** As {@link byVersion} puts them, with one look at each version in place of one for each comparison. */
function inOrder(observations: readonly PodObservation[]): readonly PodObservation[] {
  if (!observations.every(({ resourceVersion }) => numeric.test(resourceVersion))) return observations.toSorted(byVersion);
  return observations.toSorted((a, b) => byNumber(a.resourceVersion, b.resourceVersion) || byVersion(a, b));
}

/** Of decimal numbers without leading zeros the longer one is greater. */
function byNumber(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** resourceVersions of one object are decimal numbers that only grow; anything else falls back to the observer's clock. */
export function byVersion(
  a: { readonly resourceVersion: string; readonly observedAt: string; readonly id: string },
  b: { readonly resourceVersion: string; readonly observedAt: string; readonly id: string },
): number {
  if (numeric.test(a.resourceVersion) && numeric.test(b.resourceVersion)) {
    const order = byNumber(a.resourceVersion, b.resourceVersion);
    if (order !== 0) return order;
  }
  return Date.parse(a.observedAt) - Date.parse(b.observedAt) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function deletionRequest(states: readonly PodState[]): PodStop | undefined {
  const marked = states.find((state) => state.record.deletionTimestamp !== undefined);
  if (marked !== undefined) {
    const due = instantOf(marked.record.deletionTimestamp) ?? marked.at;
    return { at: due - (marked.record.deletionGracePeriodSeconds ?? 0) * second, seenAt: marked.at };
  }
  // Force-deleted, or the watch missed the mark: the end of the pod is the latest possible request.
  const gone = states.find((state) => state.record.deleted);
  return gone === undefined ? undefined : { at: gone.at, seenAt: gone.at };
}
