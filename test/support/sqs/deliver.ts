import { createHash } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { ReceivedMessage, TestQueue } from './test-queue.ts';

export type SqsHandler = (event: SQSEvent) => Promise<SQSBatchResponse>;

/** Messages of one event. */
const batchSize = 10;

/**
 * The event source mapping of Lambda: hands messages over until none is left, and deletes those that the function did not name.
 * An event that fails as a whole is delivered again.
 */
export async function deliverAll(queue: TestQueue, handler: SqsHandler): Promise<void> {
  for (let received = queue.receive(batchSize); received.length > 0; received = queue.receive(batchSize)) {
    const failed = await deliver(received, handler);
    for (const { messageId, receiptHandle } of received) {
      if (failed === 'all' || failed.has(messageId)) queue.release(receiptHandle);
      else queue.delete(receiptHandle);
    }
  }
}

async function deliver(messages: readonly ReceivedMessage[], handler: SqsHandler): Promise<ReadonlySet<string> | 'all'> {
  try {
    const { batchItemFailures } = await handler(sqsEvent(messages));
    return new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  } catch {
    return 'all';
  }
}

/** As Lambda gets it from SQS. */
export function sqsEvent(messages: readonly ReceivedMessage[]): SQSEvent {
  return {
    Records: messages.map(({ messageId, receiptHandle, body, md5, receiveCount }) => ({
      messageId,
      receiptHandle,
      body,
      attributes: {
        ApproximateReceiveCount: String(receiveCount),
        SentTimestamp: '1777816800000',
        SenderId: 'AIDAIENQZJOLO23YVJ4VO:mortem',
        ApproximateFirstReceiveTimestamp: '1777816800050',
      },
      messageAttributes: {},
      md5OfBody: md5,
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:eu-central-1:111122223333:mortem-observations',
      awsRegion: 'eu-central-1',
    })),
  };
}

/** Everything that waits, each message twice, in an order that only the seed decides. */
export function duplicateAndShuffle(queue: TestQueue, seed: string): void {
  const waiting = queue.receive(Number.POSITIVE_INFINITY);
  for (const { receiptHandle } of waiting) queue.delete(receiptHandle);
  const order = (index: number) => createHash('sha256').update(`${seed}/${index}`).digest('hex');
  const bodies = [...waiting, ...waiting].map(({ body }, index) => [order(index), body] as const);
  for (const [, body] of bodies.toSorted(([a], [b]) => (a < b ? -1 : 1))) queue.send(body);
}
