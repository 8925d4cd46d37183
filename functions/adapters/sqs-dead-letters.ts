import { DeleteMessageCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DeadLetters } from '#core/ports.ts';
import type { SqsOptions } from './sqs-queue.ts';

export interface SqsDeadLetters extends DeadLetters {
  /** Sends each again and then removes it; a crash in between leaves it in both. Returns how many. */
  resendTo(queueUrl: string): Promise<number>;
}

/** A value of a message attribute may be as long as a message, but is read on one line of a console. */
const maxReasonLength = 1000;
/** What SQS gives at once. */
const pageSize = 10;

/** The queue for what could not be processed: each message as it came, its reason in the attribute `reason`. */
export function createSqsDeadLetters({ url, client = new SQSClient() }: SqsOptions): SqsDeadLetters {
  return {
    async put(body, reason) {
      const said = { DataType: 'String', StringValue: reason.slice(0, maxReasonLength) || 'unknown' };
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body, MessageAttributes: { reason: said } }));
    },
    async resendTo(queueUrl) {
      for (let count = 0; ;) {
        const { Messages = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: pageSize }));
        if (Messages.length === 0) return count;
        for (const { Body, ReceiptHandle } of Messages) {
          await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: Body }));
          await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
          count += 1;
        }
      }
    },
  };
}
