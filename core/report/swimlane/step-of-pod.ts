import { conditionOf } from '../../history/pod-facts.ts';
import type { Phase } from '../../incident/vocabulary.ts';
import type { ContainerStatus } from '../../wire/container.ts';
import type { PodObservation } from '../../wire/pod.ts';
import type { Segment, SegmentState } from './segment.ts';

/** Where a pod stands in its life by one of its states. */
export type Step = Pick<Segment, 'phase' | 'state' | 'word'>;

/** The phase a waiting reason belongs to; a container that waits for any of these fails to go on. */
const failingReasons: Readonly<Record<string, Phase>> = {
  ErrImagePull: 'image-pull',
  ImagePullBackOff: 'image-pull',
  ErrImageNeverPull: 'image-pull',
  InvalidImageName: 'image-pull',
  ImageInspectError: 'image-pull',
  RegistryUnavailable: 'image-pull',
  SignatureValidationFailed: 'image-pull',
  CreateContainerConfigError: 'container-config',
  CreateContainerError: 'container-create',
  PreCreateHookError: 'container-create',
  RunContainerError: 'container-start',
  PreStartHookError: 'container-start',
  PostStartHookError: 'container-start',
};

/** The two alternate while the kubelet tries again; for a lane they are one. */
const alternating: Readonly<Record<string, string>> = { ErrImagePull: 'ImagePullBackOff' };

/** The container that holds the pod back most decides; a pod that is ready is ready whatever its init containers were. */
export function stepOfPod(record: PodObservation): Step {
  if (record.phase === 'Failed') return { phase: 'termination', state: 'failing', word: record.reason ?? 'Failed' };
  if (record.phase === 'Succeeded') return { phase: 'termination', state: 'stopping', word: 'Completed' };
  if (conditionOf(record, 'PodScheduled')?.status !== 'True' && record.node === undefined) {
    return { phase: 'scheduling', state: 'waiting', word: conditionOf(record, 'PodScheduled')?.reason ?? 'Pending' };
  }
  const deciding = record.containers.filter(({ role }) => role !== 'ephemeral');
  const steps = deciding.filter((container) => !isDone(container)).map((container) => stepOfContainer(container, record));
  return steps.toSorted((a, b) => severity[a.state] - severity[b.state])[0] ?? { phase: 'running', state: 'ready', word: 'ready' };
}

const severity: Readonly<Record<SegmentState, number>> = { failing: 0, waiting: 1, starting: 2, stopping: 3, ready: 4 };

function isDone({ role, state }: ContainerStatus): boolean {
  return role === 'init' && state?.terminated?.exitCode === 0;
}

function stepOfContainer(container: ContainerStatus, record: PodObservation): Step {
  const step = bareStep(container, record);
  return container.role === 'init' && step.phase !== 'image-pull' ? { ...step, phase: 'init' } : step;
}

function bareStep(container: ContainerStatus, record: PodObservation): Step {
  const { state, ready, readinessProbe } = container;
  if (state?.running !== undefined) {
    if (ready === true) return { phase: 'running', state: 'ready', word: 'ready' };
    return { phase: readinessProbe === undefined ? 'running' : 'startup', state: 'starting', word: 'running, not ready' };
  }
  if (state?.terminated !== undefined) {
    const { reason = 'terminated', exitCode } = state.terminated;
    return { phase: 'running', state: exitCode === 0 ? 'stopping' : 'failing', word: reason };
  }
  return waitingStep(container, record);
}

function waitingStep({ state, lastState }: ContainerStatus, record: PodObservation): Step {
  const reason = state?.waiting?.reason ?? '';
  const failingPhase = failingReasons[reason];
  if (failingPhase !== undefined) return { phase: failingPhase, state: 'failing', word: alternating[reason] ?? reason };
  if (reason === 'CrashLoopBackOff' || lastState?.terminated !== undefined) {
    return { phase: 'running', state: 'failing', word: reason === '' ? 'restarting' : reason };
  }
  return { ...preparation(record), state: 'waiting', word: reason === '' ? 'not reported yet' : reason };
}

/** What a kubelet does before it has anything to say of a container. */
function preparation(record: PodObservation): { readonly phase: Phase } {
  const sandbox = conditionOf(record, 'PodReadyToStartContainers')?.status;
  return { phase: sandbox === 'True' ? 'image-pull' : sandbox === 'False' ? 'sandbox-network' : 'container-create' };
}
