import { instantOf, second, wholeSecond } from '../time/instant.ts';
import type { Terminated } from '../wire/container.ts';
import type { ContainerHistory, Death } from './container-history.ts';
import { fallsInto } from './kill-record.ts';
import type { PodHistory } from './pod-history.ts';

/** Clocks of the node and of the API server differ; within this many milliseconds no order is established. */
const clockSkew = 5 * second;
/** Exit codes of a process that was told to stop; any other one is its own. */
const stopCodes = new Set([0, 130, 137, 143]);
/** STATUS_CONTROL_C_EXIT: how Windows ends a process that is asked to stop, as int32 and as uint32. */
const windowsStops = new Set([-1_073_741_510, 3_221_225_786]);

/** An end that is no failure: the pod was stopped, the work was done, or the container's own rules asked for a restart. */
export function isExpectedEnd(pod: PodHistory, container: ContainerHistory, death: Death): boolean {
  return isStop(pod, death) || isCompletion(pod, container, death) || isPlannedRestart(pod, death);
}

/**
 * Whether an end is part of the pod being stopped on purpose. Status times are whole seconds and the request for a deletion is
 * not, so an end in the second of the request counts as its consequence.
 */
export function isStop(pod: PodHistory, death: Death): boolean {
  const { finishedAt, terminated } = death.end;
  if (pod.stop !== undefined && finishedAt >= wholeSecond(pod.stop.at)) return true;
  return isSkewedStop(pod, death) || isEchoOfDeletion(terminated) || wasToldToStop(pod, death) || endedWithItsApps(pod, death);
}

/** An end with code 0 that the container's or the pod's own policy asks for: finished Jobs and init containers. */
export function isCompletion(pod: PodHistory, container: ContainerHistory, death: Death): boolean {
  if (!endedWell(death.end.terminated)) return false;
  // Nothing is restarted in a pod that has succeeded, whatever its policy.
  if (container.role === 'init' || pod.latest.phase === 'Succeeded') return true;
  const policy = death.status.restartPolicy ?? pod.latest.restartPolicy;
  // The API server always fills the policy in: without one the spec is missing, and only a restart shows that it is Always.
  return policy === undefined ? container.deaths.length === 1 && !wasRestarted(container) : policy !== 'Always';
}

function wasRestarted({ status, spans }: ContainerHistory): boolean {
  return (status.restartCount ?? 0) > 0 || spans.some((span) => span.reason === 'CrashLoopBackOff');
}

/** Runtimes call an end with code 0 `Completed`; with any other word the code is not the whole story. */
export function endedWell({ exitCode, reason = 'Completed' }: Terminated): boolean {
  return exitCode === 0 && reason === 'Completed';
}

function isSkewedStop({ stop }: PodHistory, { end }: Death): boolean {
  if (stop === undefined || end.terminated.reason === 'OOMKilled' || !stopCodes.has(end.terminated.exitCode)) return false;
  return end.finishedAt >= stop.at - clockSkew && end.seenAt >= stop.seenAt;
}

/** The kubelet invents an end for a container it cannot find any more when its pod is removed. */
function isEchoOfDeletion({ reason, message }: Terminated): boolean {
  return reason === 'ContainerStatusUnknown' && (message ?? '').includes('when the pod was deleted');
}

/** `Stopping container C`: the kubelet stops all of the pod, as when its sandbox has gone. */
function wasToldToStop(pod: PodHistory, death: Death): boolean {
  return pod.kills.some(
    ({ event, killing }) => killing.why === 'pod-stop' && killing.container === death.status.name && fallsInto(event, death, 0),
  );
}

/** A native sidecar is killed once all the containers it serves have ended for good. */
function endedWithItsApps(pod: PodHistory, death: Death): boolean {
  if (death.status.role !== 'sidecar') return false;
  if (pod.terminalAt === undefined && (pod.latest.restartPolicy ?? 'Always') === 'Always') return false;
  const apps = pod.containers.filter((container) => container.role === 'app');
  const ends = apps.map((app) => instantOf(app.status.state?.terminated?.finishedAt));
  return ends.length > 0 && ends.every((at) => at !== undefined && at <= death.end.finishedAt + second);
}

/** The container's own restart rules, an in-place change of its spec, or a resize asked for it. */
function isPlannedRestart(pod: PodHistory, death: Death): boolean {
  const { exitCode, reason } = death.end.terminated;
  if (reason === 'RestartingAllContainers' || windowsStops.has(exitCode)) return true;
  if (reason === 'OOMKilled') return false;
  const ruled = (death.status.restartRules ?? []).some(
    ({ action, operator, exitCodes = [] }) =>
      action.startsWith('Restart') && (operator === 'NotIn' ? !exitCodes.includes(exitCode) : exitCodes.includes(exitCode)),
  );
  return ruled || wasRestartedOnPurpose(pod, death);
}

function wasRestartedOnPurpose(pod: PodHistory, death: Death): boolean {
  return pod.kills.some(
    ({ event, killing }) =>
      (killing.why === 'definition-changed' || killing.why === 'resize') &&
      killing.container === death.status.name &&
      fallsInto(event, death, 2 * second),
  );
}
