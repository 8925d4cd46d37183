import { z } from 'zod';
import { envelope, name, resourceVersion, stringMap, uid } from './limits.ts';
import { condition } from './pod.ts';

/** One state of a node, sent when a condition, a taint or its schedulability changed. */
export const nodeObservation = z.object({
  kind: z.literal('node'),
  ...envelope,
  name,
  uid,
  resourceVersion,
  deleted: z.boolean().optional(),
  unschedulable: z.boolean().optional(),
  taints: z
    .array(z.object({ key: z.string().max(317), value: z.string().max(253).optional(), effect: z.string().max(32) }))
    .max(64)
    .optional(),
  allocatable: stringMap.optional(),
  os: z.string().max(63).optional(),
  architecture: z.string().max(63).optional(),
  bootId: z.string().max(128).optional(),
  conditions: z.array(condition).max(64),
});

export type NodeObservation = z.infer<typeof nodeObservation>;
