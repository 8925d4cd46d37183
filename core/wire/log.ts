import { z } from 'zod';
import { containerId, count, envelope, message, name, uid } from './limits.ts';
import { maxLogCharacters } from './sizes.ts';
import { containerRole } from './container.ts';
import { workloadRef } from './workload-ref.ts';

/** The log of one container instance, or why there is none. */
export const logObservation = z.object({
  kind: z.literal('log'),
  ...envelope,
  namespace: name,
  pod: name,
  podUid: uid,
  container: name,
  role: containerRole,
  workload: workloadRef,
  containerID: containerId.optional(),
  /** The attempt the log belongs to: 0 for the first instance. */
  restartCount: count,
  /** False when the container still ran when the log was read. */
  final: z.boolean(),
  text: z.string().max(maxLogCharacters).optional(),
  /** What was left out before the first and after the last line of `text`. */
  truncated: z.object({ bytes: count, lines: count.optional() }).optional(),
  /** Why there is no text, in the API's own words, with the HTTP status where one was received. */
  missing: z.object({ status: count.optional(), reason: message }).optional(),
  /** How often each redaction rule replaced something in `text`. */
  redactions: z.record(z.string().max(63), count).optional(),
});

export type LogObservation = z.infer<typeof logObservation>;
