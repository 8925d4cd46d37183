import type { EvidenceId } from '../evidence/evidence-id.ts';
import { instantOf, type Instant } from '../time/instant.ts';
import type { ContainerRole, ContainerStatus, Terminated } from '../wire/container.ts';
import type { PodState } from './pod-history.ts';

/** One stretch in which a container's state, reason and instance stayed the same, and whether it had passed its startup probe. */
export interface ContainerSpan {
  readonly from: Instant;
  /** Start of the next span; absent for the last one. */
  readonly until?: Instant;
  readonly state: 'waiting' | 'running' | 'terminated' | 'unreported';
  readonly reason?: string;
  readonly ready: boolean;
  /** The first record of the stretch, and the container in it. */
  readonly evidence: EvidenceId;
  readonly status: ContainerStatus;
  /** JSON pointer of this container's status in the Kubernetes object. */
  readonly path: string;
}

/** One instance of a container: an attempt. Dead when `end` is set. */
export interface Attempt {
  /** containerID, or a stand-in where the runtime gave none (such an end is no termination of the ledger). */
  readonly key: string;
  readonly containerID?: string;
  /** 0 for the first instance, as far as restartCount tells. */
  readonly index: number;
  readonly startedAt?: Instant;
  readonly end?: AttemptEnd;
  /** Passed its startup probe, or was Ready while it had a readiness probe. */
  readonly passedProbe: boolean;
  readonly status: ContainerStatus;
}

/** An attempt that ended. */
export type Death = Attempt & { readonly end: AttemptEnd };

export interface AttemptEnd {
  readonly terminated: Terminated;
  readonly finishedAt: Instant;
  /** When a record first showed the end. */
  readonly seenAt: Instant;
  readonly evidence: EvidenceId;
  readonly path: string;
}

export interface ContainerHistory {
  readonly name: string;
  readonly role: ContainerRole;
  /** From the newest record. */
  readonly status: ContainerStatus;
  readonly spans: readonly ContainerSpan[];
  /** In order of their index, then their end. */
  readonly attempts: readonly Attempt[];
  /** Those of them that ended. */
  readonly deaths: readonly Death[];
  /** Ends that restartCount proves, whether or not a record shows them. */
  readonly knownEnds: number;
}

/** @param states of one pod, in time order, at least one of which has the container */
export function toContainerHistory(name: string, states: readonly PodState[]): ContainerHistory {
  const sightings: Sighting[] = [];
  for (const state of states) {
    for (const status of state.record.containers) if (status.name === name) sightings.push({ state, status });
  }
  const newest = sightings.at(-1);
  if (newest === undefined) throw new RangeError(`no state has container ${name}`);
  const attempts = toAttempts(sightings);
  return {
    name,
    role: newest.status.role,
    status: newest.status,
    spans: toSpans(sightings),
    attempts,
    deaths: attempts.filter((attempt): attempt is Death => attempt.end !== undefined),
    knownEnds: sightings.reduce((most, { status }) => Math.max(most, impliedEnds(status)), 0),
  };
}

interface Sighting {
  readonly state: PodState;
  readonly status: ContainerStatus;
}

function toSpans(sightings: readonly Sighting[]): readonly ContainerSpan[] {
  const starts = sightings.filter((sighting, index) => {
    const previous = sightings[index - 1];
    return previous === undefined || !sameSpan(previous.status, sighting.status);
  });
  return starts.map((start, index) => new SeenSpan(start, starts[index + 1]?.state.at));
}

/** A class for its getter, as {@link Cited}. */
class SeenSpan implements ContainerSpan {
  readonly from: Instant;
  readonly state: ContainerSpan['state'];
  readonly ready: boolean;
  readonly status: ContainerStatus;
  readonly path: string;
  readonly until?: Instant;
  readonly reason?: string;
  readonly #first: PodState;

  constructor({ state, status }: Sighting, until: Instant | undefined) {
    const kind = kindOf(status);
    const reason = reasonOf(status, kind);
    this.from = state.at;
    this.state = kind;
    this.ready = status.ready === true;
    this.status = status;
    this.path = statusPath(status);
    this.#first = state;
    if (until !== undefined) this.until = until;
    if (reason !== undefined) this.reason = reason;
  }

  get evidence(): EvidenceId {
    return this.#first.evidence;
  }
}

function sameSpan(a: ContainerStatus, b: ContainerStatus): boolean {
  return (
    a.containerID === b.containerID &&
    (a.ready ?? false) === (b.ready ?? false) &&
    (a.startupProbe === undefined || a.started === b.started) &&
    sameWords(a, b)
  );
}

function sameWords(a: ContainerStatus, b: ContainerStatus): boolean {
  const kind = kindOf(a);
  if (kind !== kindOf(b) || reasonOf(a, kind) !== reasonOf(b, kind)) return false;
  return kind !== 'waiting' || a.state?.waiting?.message === b.state?.waiting?.message;
}

function kindOf({ state }: ContainerStatus): ContainerSpan['state'] {
  if (state?.terminated !== undefined) return 'terminated';
  if (state?.running !== undefined) return 'running';
  return state?.waiting === undefined ? 'unreported' : 'waiting';
}

function reasonOf({ state }: ContainerStatus, kind: ContainerSpan['state']): string | undefined {
  return kind === 'terminated' ? state?.terminated?.reason : kind === 'waiting' ? state?.waiting?.reason : undefined;
}

const statusLists: Record<ContainerRole, string> = {
  init: 'initContainerStatuses',
  sidecar: 'initContainerStatuses',
  app: 'containerStatuses',
  ephemeral: 'ephemeralContainerStatuses',
};

/** `/status/containerStatuses/0`, as `kubectl get -o json` shows the object. */
export function statusPath(status: ContainerStatus): string {
  return `/status/${statusLists[status.role]}/${status.statusIndex ?? 0}`;
}

/** An attempt while its sightings are gone through: each may tell a little more of it. */
type GrowingAttempt = { -readonly [K in keyof Attempt]: Attempt[K] };

function toAttempts(sightings: readonly Sighting[]): readonly Attempt[] {
  const attempts = new Map<string, GrowingAttempt>();
  for (const { state, status } of sightings) {
    for (const seen of attemptsIn(state, status, attempts)) {
      const known = attempts.get(seen.key);
      if (known === undefined) attempts.set(seen.key, seen);
      else addSighting(known, seen);
    }
  }
  return [...attempts.values()].toSorted(
    (a, b) => a.index - b.index || (a.end?.finishedAt ?? Infinity) - (b.end?.finishedAt ?? Infinity) || (a.key < b.key ? -1 : 1),
  );
}

/** @param known by key: an end is in every state until the next one, and tells something only the first time */
function attemptsIn(state: PodState, status: ContainerStatus, known: ReadonlyMap<string, Attempt>): readonly GrowingAttempt[] {
  const restarts = status.restartCount ?? 0;
  const found: GrowingAttempt[] = [];
  const last = newsOf(status.lastState?.terminated, known);
  if (last !== undefined) {
    // lastState is the attempt before the current one, except while waiting: then the current one is dead already.
    const index = status.state?.running || status.state?.terminated ? restarts - 1 : restarts;
    found.push(
      deadAttempt({ state, status, terminated: last, index: Math.max(index, 0), path: `${statusPath(status)}/lastState/terminated` }),
    );
  }
  const dead = newsOf(status.state?.terminated, known);
  if (dead !== undefined)
    found.push(deadAttempt({ state, status, terminated: dead, index: restarts, path: `${statusPath(status)}/state/terminated` }));
  const running = status.state?.running;
  if (running !== undefined) {
    const startedAt = instantOf(running.startedAt);
    const key = status.containerID ?? `running ${startedAt ?? restarts}`;
    found.push({
      key,
      index: restarts,
      passedProbe: passedProbe(status),
      status,
      ...(status.containerID === undefined ? {} : { containerID: status.containerID }),
      ...(startedAt === undefined ? {} : { startedAt }),
    });
  }
  return found;
}

/** The end, unless nothing in this sighting of it is news: the earliest one stands, and this one knows of no other start. */
function newsOf(terminated: Terminated | undefined, known: ReadonlyMap<string, Attempt>): Terminated | undefined {
  const end = terminated === undefined ? undefined : known.get(attemptKey(terminated))?.end;
  return end !== undefined && end.terminated.startedAt === terminated?.startedAt ? undefined : terminated;
}

/** What tells one ended instance from another: its containerID, or a stand-in where the runtime gave none. */
export function attemptKey({ containerID, finishedAt, exitCode, reason }: Terminated): string {
  return containerID ?? `ended ${finishedAt ?? ''} ${exitCode} ${reason ?? ''}`;
}

interface SeenDeath {
  readonly state: PodState;
  readonly status: ContainerStatus;
  readonly terminated: Terminated;
  readonly index: number;
  readonly path: string;
}

function deadAttempt(seen: SeenDeath): Attempt {
  const { terminated, status, index } = seen;
  const startedAt = instantOf(terminated.startedAt);
  const { containerID } = terminated;
  return {
    key: attemptKey(terminated),
    index,
    passedProbe: false,
    status,
    ...(containerID === undefined ? {} : { containerID }),
    ...(startedAt === undefined ? {} : { startedAt }),
    end: new SeenEnd(seen),
  };
}

/** A class for its getter, as {@link Cited}. */
class SeenEnd implements AttemptEnd {
  readonly terminated: Terminated;
  readonly finishedAt: Instant;
  readonly seenAt: Instant;
  readonly path: string;
  readonly #first: PodState;
  #evidence: EvidenceId | undefined;

  constructor({ state, terminated, path }: SeenDeath) {
    this.terminated = terminated;
    this.finishedAt = instantOf(terminated.finishedAt) ?? state.at;
    this.seenAt = state.at;
    this.path = path;
    this.#first = state;
  }

  get evidence(): EvidenceId {
    const { containerID } = this.terminated;
    return (this.#evidence ??= containerID === undefined ? this.#first.evidence : this.#first.evidenceOfDeath(containerID));
  }
}

/** The earliest sighting of an end stands; a later one may come from a deletion that shows an old end again. */
function addSighting(known: GrowingAttempt, { status, passedProbe: passed, startedAt, end }: Attempt): void {
  if (known.end === undefined) known.status = status;
  known.passedProbe ||= passed;
  if (startedAt !== undefined) known.startedAt = Math.min(known.startedAt ?? Infinity, startedAt);
  if (end !== undefined) known.end ??= end;
}

function passedProbe(status: ContainerStatus): boolean {
  if (status.startupProbe !== undefined && status.started === true) return true;
  return status.readinessProbe !== undefined && status.ready === true;
}

function impliedEnds(status: ContainerStatus): number {
  const restarts = status.restartCount ?? 0;
  const endedNow =
    status.state?.terminated !== undefined || (status.state?.running === undefined && status.lastState?.terminated !== undefined);
  return restarts + (endedNow ? 1 : 0);
}
