import { z } from 'zod';
import { batchOfBlobKey } from '../batch/blob-key.ts';
import { newestPerKey } from './newest-per-key.ts';

/** What a message of the queue asks for. */
export type QueueMessage =
  | { readonly kind: 'process'; readonly batches: readonly string[] }
  /** A test event, a removal, an object that is no batch. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** As `sqsQueue` sends it. */
const sentMessage = z.object({ batch: z.string().min(1) });
/** As S3 sends it when somebody sets up the notification. */
const testEvent = z.object({ Event: z.literal('s3:TestEvent') });
const notification = z.object({
  Records: z.array(
    z.object({
      eventName: z.string(),
      s3: z.object({ object: z.object({ key: z.string(), sequencer: z.string().optional() }) }),
    }),
  ),
});
const message = z.union([sentMessage, testEvent, notification]);

/** The body of a message: a notification of S3 about new objects, or a batch by its id. */
export function readMessage(body: string): QueueMessage {
  const parsed = message.safeParse(parseJson(body));
  if (!parsed.success) return { kind: 'unreadable', reason: 'The message is neither a notification of S3 nor a batch of mortem.' };
  if ('batch' in parsed.data) return { kind: 'process', batches: [parsed.data.batch] };
  if (!('Records' in parsed.data)) return { kind: 'nothing' };
  const events = parsed.data.Records.map(({ eventName, s3: { object } }) => ({
    key: decodeKey(object.key),
    sequencer: object.sequencer ?? '',
    created: /^(s3:)?ObjectCreated:/.test(eventName),
  }));
  const batches = newestPerKey(events).flatMap(({ key, created }) => (created ? (batchOfBlobKey(key) ?? []) : []));
  return batches.length === 0 ? { kind: 'nothing' } : { kind: 'process', batches };
}

/** Keys are URL-encoded in notifications, with `+` for a blank. */
function decodeKey(encoded: string): string {
  try {
    return decodeURIComponent(encoded.replaceAll('+', ' '));
  } catch {
    return encoded;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
