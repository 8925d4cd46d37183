import { z } from 'zod';
import { container, resources } from './container.ts';
import { count, envelope, message, name, reason, resourceVersion, stringMap, time, uid } from './limits.ts';
import { workloadRef } from './workload-ref.ts';

export const condition = z.object({
  type: z.string().min(1).max(316),
  status: z.string().max(16),
  reason: reason.optional(),
  message: message.optional(),
  lastTransitionTime: time.optional(),
});

/** A volume by name and by what it needs to exist; contents never. */
export const volume = z.object({
  name: z.string().max(253),
  source: z.string().max(63),
  ref: z.string().max(253).optional(),
  optional: z.boolean().optional(),
});

/** One state of one pod, sent when something in it that matters changed. */
export const podObservation = z.object({
  kind: z.literal('pod'),
  ...envelope,
  namespace: name,
  name,
  uid,
  resourceVersion,
  /** True for the last state, from the DELETED watch event, or found gone at a relist. */
  deleted: z.boolean().optional(),
  createdAt: time,
  /** When the pod is due to be gone: the request for its deletion came `deletionGracePeriodSeconds` earlier. */
  deletionTimestamp: time.optional(),
  deletionGracePeriodSeconds: count.optional(),
  workload: workloadRef,
  /** `pod-template-hash` or `controller-revision-hash`. */
  revisionHash: z.string().max(63).optional(),
  node: z.string().max(253).optional(),
  nodeOs: z.string().max(63).optional(),
  schedulerName: z.string().max(253).optional(),
  qosClass: z.string().max(16).optional(),
  restartPolicy: z.string().max(16).optional(),
  terminationGracePeriodSeconds: count.optional(),
  activeDeadlineSeconds: count.optional(),
  serviceAccount: z.string().max(253).optional(),
  imagePullSecrets: z.array(z.string().max(253)).max(32).optional(),
  labels: stringMap.optional(),
  nodeSelector: stringMap.optional(),
  volumes: z.array(volume).max(128).optional(),
  /** Pod-level requests and limits, where the cluster has them. */
  resources: resources.optional(),
  phase: z.string().max(16).optional(),
  reason: reason.optional(),
  message: message.optional(),
  startTime: time.optional(),
  conditions: z.array(condition).max(64),
  /** In spec order: init and sidecar containers, then app containers, then ephemeral ones. */
  containers: z.array(container).max(128),
});

export type Condition = z.infer<typeof condition>;
export type PodObservation = z.infer<typeof podObservation>;
