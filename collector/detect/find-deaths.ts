import type { ContainerRole, ContainerStatus, Terminated } from '#core/wire/container.ts';

/** One death of one container instance, as a pod's status shows it. */
export interface Death {
  readonly container: string;
  readonly role: ContainerRole;
  readonly containerID: string;
  /** 0 for the first instance. */
  readonly attempt: number;
  readonly terminated: Terminated;
}

/** The deaths a status shows, at most two: an instance without a containerID never was one. */
export function findDeaths(container: ContainerStatus): Death[] {
  const { state, lastState, restartCount = 0 } = container;
  // lastState is the attempt before while a new one runs or ran, but the latest one while the next is waited for.
  const lastAttempt = state?.waiting === undefined ? restartCount - 1 : restartCount;
  return [...death(container, lastState?.terminated, lastAttempt), ...death(container, state?.terminated, restartCount)];
}

function death({ name, role }: ContainerStatus, terminated: Terminated | undefined, attempt: number): Death[] {
  const containerID = terminated?.containerID;
  if (terminated === undefined || containerID === undefined) return [];
  return [{ container: name, role, containerID, attempt: Math.max(0, attempt), terminated }];
}
