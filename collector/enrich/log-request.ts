import type { ContainerRole, Terminated } from '#core/wire/container.ts';
import type { WorkloadRef } from '#core/wire/workload-ref.ts';
import type { RunningInstance } from '../detect/pod-memories.ts';

/** The log of an instance that died: shipped for every death, or the reason why there is none. */
export interface DeathLogRequest {
  readonly purpose: 'death';
  readonly namespace: string;
  readonly pod: string;
  readonly podUid: string;
  readonly container: string;
  readonly containerID: string;
  readonly role: ContainerRole;
  readonly workload: WorkloadRef;
  readonly attempt: number;
  readonly terminated: Terminated;
  /** The death before it in the same status, whose log `previous=true` may still give. */
  readonly before?: Terminated;
  /** Where the log is, by the status in which the death was seen. */
  readonly previous: boolean;
}

/** The log so far of an instance that runs; dropped when it has died meanwhile, for then its death is asked for. */
export interface CurrentLogRequest extends RunningInstance {
  readonly purpose: 'current';
}

export type LogRequest = DeathLogRequest | CurrentLogRequest;
