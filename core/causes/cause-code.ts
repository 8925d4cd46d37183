import type { LogCause } from '../signatures/log-signature.ts';
import type { ContainerConfigCause } from './container-config-cause.ts';
import type { CreateRejectedCause } from './create-rejected-cause.ts';
import type { EvictionCause } from './eviction-cause.ts';
import type { ImagePullCause } from './image-pull-cause.ts';
import type { MountCause } from './mount-cause.ts';
import type { StartFailureCause } from './start-failure-cause.ts';

/** What the scheduler's words come down to; `insufficient-<resource>` exists for every resource a cluster defines. */
export type SchedulingCauseCode =
  | 'autoscaler-limit'
  | 'cordoned'
  | 'csi-missing'
  | 'dra'
  | 'gang-waiting'
  | 'host-port'
  | 'insufficient-cpu'
  | 'insufficient-memory'
  | 'insufficient-ephemeral-storage'
  | 'insufficient-resources'
  | 'max-pods'
  | 'no-nodes'
  | 'node-features'
  | 'node-name'
  | 'node-not-ready'
  | 'node-selector'
  | 'pod-affinity'
  | 'pvc-missing'
  | 'pvc-unbound'
  | 'scheduler-plugin'
  | 'scheduling-gated'
  | 'storage-class-missing'
  | 'taint'
  | 'topology-spread'
  | 'volume-binding-timeout'
  | 'volume-conflict'
  | 'volume-limit'
  | 'volume-topology'
  | 'volume-zone';

/** What rules conclude from states, codes and times rather than from one text. */
export type DerivedCauseCode =
  | 'oom-container-limit'
  | 'oom-child'
  | 'oom-node'
  | 'oom-in-app-heap'
  | 'oom-suspected'
  | 'exits-normally'
  | 'slow-boot'
  | 'probe-target'
  | 'probe-unhealthy'
  | 'probe-timeout'
  | 'probe-dependency'
  | 'probe-error'
  | 'post-start-hook'
  | 'missing-pull-secret'
  | 'preempted-by-scheduler'
  | 'preempted-by-kubelet'
  | 'deadline-exceeded'
  | 'node-shutdown'
  | 'network-not-ready'
  | 'ip-pool-exhausted'
  | 'cni-error'
  | 'runtime-class-missing'
  | 'unknown-app-exit'
  | 'unexplained';

/** Every cause code with a fixed name. Stored and scripted against: codes are added, never renamed. */
export type CauseCode =
  | ImagePullCause
  | StartFailureCause
  | ContainerConfigCause
  | MountCause
  | EvictionCause
  | CreateRejectedCause
  | LogCause
  | SchedulingCauseCode
  | DerivedCauseCode;
