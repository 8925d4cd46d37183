import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { TestQueue } from './test-queue.ts';

export interface SqsServer {
  readonly endpoint: string;
  readonly client: SQSClient;
  readonly urlOf: (queue: string) => string;
  /** While set, every request is answered with it. */
  refuseWith: number | undefined;
  close(): Promise<void>;
}

interface Call {
  readonly QueueUrl: string;
  readonly MessageBody?: string;
  readonly MessageAttributes?: Readonly<Record<string, { readonly DataType: string; readonly StringValue: string }>>;
  readonly MaxNumberOfMessages?: number;
  readonly ReceiptHandle?: string;
}

/** The queues, by name, over the JSON protocol of SQS. */
export async function startSqsServer(queues: Readonly<Record<string, TestQueue>>): Promise<SqsServer> {
  const state: { refuseWith: number | undefined } = { refuseWith: undefined };
  const server = createServer((request, response) => {
    void (async () => {
      const call = JSON.parse(await text(request)) as Call;
      const queue = queues[call.QueueUrl.split('/').at(-1) ?? ''];
      const refused = state.refuseWith ?? (queue === undefined ? 400 : undefined);
      const answer = refused === undefined ? perform(queue!, String(request.headers['x-amz-target']), call) : { __type: 'Refused' };
      response.writeHead(refused ?? 200, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
    })();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' };
  const client = new SQSClient({ endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 });
  return Object.assign(state, {
    endpoint,
    client,
    urlOf: (queue: string) => `${endpoint}/111122223333/${queue}`,
    async close() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

function perform(queue: TestQueue, target: string, call: Call): object {
  switch (target.split('.')[1]) {
    case 'SendMessage': {
      const { messageId, md5 } = queue.send(call.MessageBody ?? '', call.MessageAttributes);
      return { MessageId: messageId, MD5OfMessageBody: md5 };
    }
    case 'ReceiveMessage':
      return {
        Messages: queue.receive(call.MaxNumberOfMessages ?? 1).map(({ messageId, receiptHandle, body, md5, receiveCount, attributes }) => ({
          MessageId: messageId,
          ReceiptHandle: receiptHandle,
          Body: body,
          MD5OfBody: md5,
          Attributes: { ApproximateReceiveCount: String(receiveCount) },
          MessageAttributes: attributes,
        })),
      };
    case 'DeleteMessage':
      queue.delete(call.ReceiptHandle ?? '');
      return {};
    default:
      throw new Error(`${target} is not served here`);
  }
}
