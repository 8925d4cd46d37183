/** The closed lists of the product's JSON. Stored and scripted against: values are added, never renamed. */

export const symptoms = [
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'CrashLoopBackOff',
  'Error',
  'OOMKilled',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'PostStartHookError',
  'LivenessProbeFailed',
  'StartupProbeFailed',
  'ReadinessProbeFailed',
  'Pending',
  'SchedulingGated',
  'FailedMount',
  'FailedCreatePodSandBox',
  'FailedCreate',
  'Evicted',
  'Preempted',
  'NodeLost',
  'ContainerStatusUnknown',
  'DeadlineExceeded',
  'JobFailed',
  'AdmissionRejected',
  'StuckTerminating',
  'Unknown',
] as const;
export type Symptom = (typeof symptoms)[number];

/** In lifecycle order: the kubelet's own order of work, then what ends or hides a pod. */
export const phases = [
  'creation',
  'scheduling',
  'node-admission',
  'volume-setup',
  'sandbox-network',
  'image-pull',
  'container-config',
  'container-create',
  'container-start',
  'init',
  'startup',
  'running',
  'termination',
  'lost',
] as const;
export type Phase = (typeof phases)[number];

export const failurePoints = ['before-start', 'running', 'health-check', 'resource-pressure', 'stop', 'node'] as const;
export type FailurePoint = (typeof failurePoints)[number];

/** `observed`: literally in a record. `derived`: a fixed rule over records. `hypothesis`: a rule that can be wrong. */
export const bases = ['observed', 'derived', 'hypothesis'] as const;
export type Basis = (typeof bases)[number];

export const mitigationKinds = ['rollback', 'rollout', 'scale', 'dependency-appeared', 'none'] as const;
export type MitigationKind = (typeof mitigationKinds)[number];

/** `rollback`: the digest ran before. `retag`: same tag, new digest. `same-digest-retag`: new tag, same digest. */
export type RolloutKind = 'rollout' | 'rollback' | 'retag' | 'same-digest-retag';

export const incidentStatuses = ['open', 'recovered', 'ended'] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];

/**
 * `new-revision`: all pods of a newer revision fail and none of the older. `node`: all failing pods are on one node and others
 * elsewhere are well. `dependency`: other workloads fail at the same dependency.
 */
export const scopeKinds = ['new-revision', 'node', 'dependency'] as const;
export type ScopeKind = (typeof scopeKinds)[number];
