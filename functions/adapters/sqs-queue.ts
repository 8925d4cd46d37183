import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Queue } from '#core/ports.ts';

export interface SqsOptions {
  readonly url: string;
  readonly client?: SQSClient;
}

/** Batches by their id; their bodies are in the blob store, since a message holds 1 MiB at most. */
export function createSqsQueue({ url, client = new SQSClient() }: SqsOptions): Queue {
  return {
    async send(batchId) {
      await client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: JSON.stringify({ batch: batchId }) }));
    },
  };
}
