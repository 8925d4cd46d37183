import { earliest, instantOf, latest, second, type Instant } from '../time/instant.ts';
import type { ContainerHistory } from './container-history.ts';
import type { EventRecord } from './event-record.ts';
import type { KillRecord } from './kill-record.ts';
import type { PodState } from './pod-history.ts';

/** The pod as a whole was told to stop; what its containers do from then on is a consequence. */
export interface PodStop {
  /** When it was asked for or decided. */
  readonly at: Instant;
  /** When a record first showed it. */
  readonly seenAt: Instant;
}

/** `status.reason` where the kubelet itself stopped the pod. */
const kubeletStops = new Set(['Evicted', 'Preempting', 'DeadlineExceeded', 'Terminated', 'Shutdown', 'NodeShutdown']);
const kubeletStopEvents = new Set(['Evicted', 'Preempting', 'DeadlineExceeded']);
const defaultGrace = 30;

interface PodRecords {
  readonly states: readonly PodState[];
  readonly disrupted: readonly PodState[];
  readonly containers: readonly ContainerHistory[];
  readonly events: readonly EventRecord[];
  readonly kills: readonly KillRecord[];
  readonly deletion: PodStop | undefined;
}

/** The earliest stop that any record shows: a deletion, a disruption, or the kubelet's own decision. */
export function stopOf(records: PodRecords): PodStop | undefined {
  const stops = [records.deletion, disruptionOf(records.disrupted), kubeletStopOf(records)].filter((stop) => stop !== undefined);
  return stops.toSorted((a, b) => a.at - b.at)[0];
}

/** The kubelet sets its own kind of the condition only once the pod has ended, so that one tells no beginning. */
function disruptionOf(states: readonly PodState[]): PodStop | undefined {
  for (const state of states) {
    const condition = state.record.conditions.find((item) => item.type === 'DisruptionTarget');
    if (condition?.status !== 'True' || condition.reason === 'TerminationByKubelet') continue;
    return { at: instantOf(condition.lastTransitionTime) ?? state.at, seenAt: state.at };
  }
  return undefined;
}

function kubeletStopOf({ states, containers, events, kills }: PodRecords): PodStop | undefined {
  const state = states.find(({ record: { reason } }) => reason !== undefined && kubeletStops.has(reason));
  const event = events.find((item) => kubeletStopEvents.has(item.record.reason) && item.record.source.component === 'kubelet');
  if (state === undefined) return event === undefined ? undefined : { at: event.firstAt, seenAt: event.firstAt };
  const kill = earliest(...kills.filter(({ killing }) => killing.why === 'pod-stop').map((item) => item.event.firstAt));
  return { at: earliest(event?.firstAt, kill) ?? beginningOfStop(state, containers), seenAt: state.at };
}

/** Without an event: the first of the ends that lie within one grace period before the last end. */
function beginningOfStop(state: PodState, containers: readonly ContainerHistory[]): Instant {
  const ends = containers.flatMap((container) => instantOf(container.status.state?.terminated?.finishedAt) ?? []);
  const last = latest(...ends) ?? state.at;
  const grace = (state.record.terminationGracePeriodSeconds ?? defaultGrace) * second;
  return earliest(...ends.filter((at) => at >= last - grace)) ?? last;
}
