import { z } from 'zod';
import { containerId, envelope, name, time, uid } from './limits.ts';

/** Memory working set of one container instance before its end, oldest first. */
export const usageObservation = z.object({
  kind: z.literal('usage'),
  ...envelope,
  namespace: name,
  pod: name,
  podUid: uid,
  container: name,
  containerID: containerId,
  samples: z.array(z.object({ at: time, bytes: z.number().int().min(0) })).max(1000),
});

export type UsageObservation = z.infer<typeof usageObservation>;
