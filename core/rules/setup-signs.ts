import type { EventRecord } from '../history/event-record.ts';
import { conditionOf, isUntouched } from '../history/pod-facts.ts';
import type { PodHistory, PodState } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Phase, Symptom } from '../incident/vocabulary.ts';
import { earliest, latest, second, type Instant } from '../time/instant.ts';
import type { ContainerHistory } from '../history/container-history.ts';
import { citeEvent } from './cite.ts';
import { wholePodPlace } from './place-of.ts';
import type { Sign } from './rule.ts';

/** What a failure class makes of the events of one setup. */
export interface SetupVerdict extends Pick<Sign, 'cause' | 'basis' | 'summary' | 'quote'> {
  readonly container?: ContainerHistory | undefined;
  /** Milliseconds that are normal, where this cause is often seen in healthy pods; the failure must also repeat for that long. */
  readonly patience?: number;
}

export interface SetupClass {
  readonly symptom: Symptom;
  readonly phase: Phase;
  readonly isFailure: (event: EventRecord) => boolean;
  /** @param events failures of the setup, newest first */
  readonly judge: (events: readonly [EventRecord, ...EventRecord[]], pod: PodHistory) => SetupVerdict;
}

/** Volumes and networks come up within this long in the healthy (design: "When something is an incident"). */
const normal = 30 * second;

/** At most one sign: the failures that keep the pod from its containers. What fails in a pod that runs on is none of them. */
export function setupSigns(pod: PodHistory, workload: WorkloadHistory, setup: SetupClass): readonly Sign[] {
  const events = pod.events.filter((event) => setup.isFailure(event) && isBeingSetUp(stateAt(pod, event.firstAt)));
  const [newest, ...older] = events.toSorted((a, b) => b.lastAt - a.lastAt);
  if (newest === undefined) return [];
  const { container, patience, ...verdict } = setup.judge([newest, ...older], pod);
  const from = Math.min(...events.map((event) => event.firstAt));
  const done = setupDone(pod, from);
  const until = earliest(...[done, pod.deletionRequestedAt, pod.goneAt, pod.terminalAt].filter((at) => at !== undefined && at >= from));
  const opensAt = onset({ from, until, lastSeen: newest.lastAt, patience }, workload);
  const [first, ...rest] = events.map(citeEvent);
  if (first === undefined) return [];
  return [
    {
      symptom: setup.symptom,
      reason: newest.record.reason,
      phase: setup.phase,
      ...verdict,
      ...wholePodPlace(pod, container),
      tries: events.reduce((sum, event) => sum + event.count, 0),
      deaths: [],
      from,
      lastAt: until ?? latest(...events.map((event) => event.lastAt)) ?? from,
      evidence: [first, ...rest],
      ...(until === undefined ? {} : { until, overBy: until === done ? ('progress' as const) : ('removal' as const) }),
      ...(opensAt === undefined ? {} : { opensAt }),
    },
  ];
}

interface Course {
  readonly from: Instant;
  readonly until: Instant | undefined;
  readonly lastSeen: Instant;
  readonly patience: number | undefined;
}

/** In a single look a pod that is still being set up after a failure counts as having waited, unless healthy pods look the same. */
function onset({ from, until, lastSeen, patience }: Course, workload: WorkloadHistory): Instant | undefined {
  if (patience !== undefined) return lastSeen - from >= patience ? from + patience : undefined;
  if ((until ?? workload.now) - from >= normal) return from + normal;
  return workload.snapshot && until === undefined ? from : undefined;
}

function stateAt(pod: PodHistory, at: Instant): PodState | undefined {
  return pod.states.findLast((state) => state.at <= at) ?? pod.states[0];
}

/** No container has been touched yet, or none runs any more because the pod lost its sandbox, as when its node restarted. */
function isBeingSetUp(state: PodState | undefined): boolean {
  if (state === undefined || sandboxReady(state)) return false;
  const { phase, containers } = state.record;
  if (phase === 'Pending') return containers.every(isUntouched);
  return phase === 'Running' && sandboxMissing(state) && containers.every((container) => container.state?.running === undefined);
}

function sandboxReady({ record }: PodState): boolean {
  return conditionOf(record, 'PodReadyToStartContainers')?.status === 'True';
}

function sandboxMissing({ record }: PodState): boolean {
  return conditionOf(record, 'PodReadyToStartContainers')?.status === 'False';
}

const pastSetup = new Set(['Pulling', 'Pulled', 'Created', 'Started']);

/** When volumes and network were there: the sandbox is ready, a container went on, or its image is being looked after. */
function setupDone(pod: PodHistory, from: Instant): Instant | undefined {
  const state = pod.states.find(
    (item) => item.at >= from && (sandboxReady(item) || (!sandboxMissing(item) && !item.record.containers.every(isUntouched))),
  );
  const after = pod.events
    .filter((event) => pastSetup.has(event.record.reason))
    .flatMap((event) => event.occurrences.filter((at) => at >= from));
  return earliest(state?.at, ...after);
}
