import { z } from 'zod';
import { count, envelope, message, name, resourceVersion, time } from './limits.ts';

export const coverageNote = z.enum([
  'heartbeat',
  'watch-gap',
  'relist',
  'log-skipped',
  'forbidden',
  'events-suppressed',
  'spool-dropped',
  'redacted',
  'backfilled',
]);

/** What the collector could not see and why; a heartbeat says what it does see, and moves data time on when all is quiet. */
export const coverageObservation = z.object({
  kind: z.literal('coverage'),
  ...envelope,
  collector: name,
  note: coverageNote,
  /** A heartbeat has `from` equal to `to`. */
  from: time,
  to: time,
  resource: z.string().max(253).optional(),
  namespace: z.string().max(253).optional(),
  reason: message.optional(),
  counts: z.record(z.string().min(1).max(128), count).optional(),
  watches: z
    .array(
      z.object({ resource: z.string().max(253), namespace: z.string().max(253).optional(), resourceVersion: resourceVersion.optional() }),
    )
    .max(512)
    .optional(),
});

export type CoverageObservation = z.infer<typeof coverageObservation>;
