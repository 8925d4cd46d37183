import { z } from 'zod';
import { containerRole, resources } from './container.ts';
import { count, envelope, imageRef, message, name, resourceVersion, stringMap, time, uid } from './limits.ts';
import { condition } from './pod.ts';
import { kind, ownerRef, workloadRef } from './workload-ref.ts';

export const templateContainer = z.object({ name, role: containerRole, image: imageRef, resources: resources.optional() });

/** Counters of a Job as its controller reports them; times as in its status. */
export const jobStatus = z.object({
  completions: count.optional(),
  parallelism: count.optional(),
  backoffLimit: count.optional(),
  activeDeadlineSeconds: count.optional(),
  active: count.optional(),
  succeeded: count.optional(),
  failed: count.optional(),
  startTime: time.optional(),
  completionTime: time.optional(),
});

/** One state of a controller: Deployment, ReplicaSet, StatefulSet, DaemonSet, Job or CronJob. */
export const workloadObservation = z.object({
  kind: z.literal('workload'),
  ...envelope,
  objectKind: kind,
  namespace: name,
  name,
  uid,
  resourceVersion,
  deleted: z.boolean().optional(),
  createdAt: time,
  deletionTimestamp: time.optional(),
  owner: ownerRef.optional(),
  /** The topmost controller; the object itself when nothing owns it. */
  workload: workloadRef,
  /** `deployment.kubernetes.io/revision` of Deployments and ReplicaSets. */
  revision: z.string().max(63).optional(),
  /** `pod-template-hash` of a ReplicaSet, `status.updateRevision` of a StatefulSet. */
  revisionHash: z.string().max(253).optional(),
  generation: count.optional(),
  observedGeneration: count.optional(),
  replicas: z
    .object({ wanted: count.optional(), current: count.optional(), ready: count.optional(), updated: count.optional() })
    .optional(),
  paused: z.boolean().optional(),
  suspended: z.boolean().optional(),
  job: jobStatus.optional(),
  selector: stringMap.optional(),
  containers: z.array(templateContainer).max(128),
  conditions: z.array(condition).max(64).optional(),
  /** `kubernetes.io/change-cause`, with e-mail addresses removed by the collector. */
  changeCause: message.optional(),
  /** `helm.sh/chart`: name and version of the chart it was made from. */
  helmChart: z.string().max(63).optional(),
  gitops: z.object({ tool: z.string().max(63), name: z.string().max(512).optional(), revision: z.string().max(512).optional() }).optional(),
});

export type WorkloadObservation = z.infer<typeof workloadObservation>;
