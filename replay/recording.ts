import { z } from 'zod';

/** Milliseconds since the epoch: a recording's times are compared and subtracted far more often than printed. */
const at = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));
const resource = z.string().min(1);

export const recordedObject = z.looseObject({
  kind: z.string(),
  apiVersion: z.string(),
  metadata: z.looseObject({
    name: z.string().optional(),
    namespace: z.string().optional(),
    uid: z.string().optional(),
    resourceVersion: z.string().regex(/^\d+$/),
  }),
});
/** An object as the API server sent it, nothing dropped. A bookmark's has only a resourceVersion in its metadata. */
export type RecordedObject = z.infer<typeof recordedObject>;

export const watchEntry = z.object({
  at,
  resource,
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK']),
  object: recordedObject,
});
/** One line that a watch received, at its receive time (epoch milliseconds). */
export type WatchEntry = z.infer<typeof watchEntry>;

export const watchError = z.object({
  at,
  resource,
  type: z.literal('ERROR'),
  object: z.looseObject({ code: z.number().optional(), reason: z.string().optional() }),
});
export type WatchError = z.infer<typeof watchError>;

export const metaEntry = z.object({
  at,
  resource,
  what: z.string(),
  status: z.number().optional(),
  code: z.number().optional(),
  why: z.string().optional(),
  resourceVersion: z.string().optional(),
  items: z.number().optional(),
});
/** What happened around the lines: a list with its version and size, or how a watch ended. */
export type MetaEntry = z.infer<typeof metaEntry>;

export const logIndexEntry = z.object({
  at,
  pod: z.string(),
  container: z.string(),
  previous: z.boolean(),
  restartCount: z.number().int().optional(),
  status: z.number().int(),
  bytes: z.number().int(),
  contentType: z.string(),
  body: z.string().optional(),
  // A plain name: an index must not reach outside its own folder.
  file: z
    .string()
    .regex(/^[^/\\]+$/)
    .optional(),
  kept: z.string().optional(),
});

/**
 * One answer of the log API. `body` is absent where the recorder kept an earlier, longer answer in its place:
 * then the log was already collected, and what the API said instead is known only by its length.
 */
export interface RecordedLog {
  readonly at: number;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  readonly restartCount: number;
  readonly status: number;
  readonly contentType: string;
  readonly body?: Uint8Array;
}

/** A recording in memory; everything in time order, lines of one moment as they were written. */
export interface Recording {
  readonly name: string;
  readonly entries: readonly WatchEntry[];
  readonly errors: readonly WatchError[];
  readonly meta: readonly MetaEntry[];
  readonly logs: readonly RecordedLog[];
  /** Earliest and latest time stamp of watch, meta and logs. */
  readonly startAt: Date;
  readonly endAt: Date;
}
