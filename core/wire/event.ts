import { z } from 'zod';
import { count, envelope, message, name, reason, resourceVersion, time, uid } from './limits.ts';
import { kind } from './workload-ref.ts';

/** What an event is about. Node events carry no uid or the node's name as uid, taint evictions no uid. */
export const involvedObject = z.object({
  kind,
  namespace: z.string().max(253).optional(),
  name,
  uid: uid.optional(),
  fieldPath: z.string().max(512).optional(),
});

/** A Kubernetes Event, core/v1 or events.k8s.io/v1, in one shape. */
export const eventObservation = z.object({
  kind: z.literal('event'),
  ...envelope,
  namespace: name,
  name,
  uid,
  resourceVersion,
  involvedObject,
  reason,
  type: z.string().max(16),
  message,
  action: z.string().max(128).optional(),
  count: count.optional(),
  series: z.object({ count, lastObservedTime: time.optional() }).optional(),
  firstTimestamp: time.optional(),
  lastTimestamp: time.optional(),
  eventTime: time.optional(),
  createdAt: time.optional(),
  source: z.object({ component: z.string().max(253).optional(), host: z.string().max(253).optional() }),
});

export type InvolvedObject = z.infer<typeof involvedObject>;
export type EventObservation = z.infer<typeof eventObservation>;
