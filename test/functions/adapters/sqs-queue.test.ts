import { describe, expect, onTestFinished, test } from 'vitest';
import { createSqsDeadLetters } from '../../../functions/adapters/sqs-dead-letters.ts';
import { createSqsQueue } from '../../../functions/adapters/sqs-queue.ts';
import { readMessage } from '../../../functions/notifications/read-message.ts';
import { describeQueue } from '../../conformance/queue.suite.ts';
import { deliverAll } from '../../support/sqs/deliver.ts';
import { startSqsServer } from '../../support/sqs/start-sqs-server.ts';
import { TestQueue } from '../../support/sqs/test-queue.ts';

async function open() {
  const observations = new TestQueue();
  const server = await startSqsServer({ observations });
  onTestFinished(() => server.close());
  return { observations, to: { client: server.client, url: server.urlOf('observations') }, server };
}

describe('SQS', () => {
  describeQueue(async (consume) => {
    const { observations, to } = await open();
    const settled = () =>
      deliverAll(observations, async ({ Records }) => {
        const batches = Records.map(({ messageId, body }) => ({ messageId, content: readMessage(body) }));
        const ids = batches.flatMap(({ content }) => (content.kind === 'process' ? content.batches : []));
        const failed = new Set(await consume(ids));
        const again = batches.filter(({ content }) => content.kind === 'process' && content.batches.some((id) => failed.has(id)));
        return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
      });
    return { queue: createSqsQueue(to), settled };
  });
});

test('a queue that refuses is an error for the sender', async () => {
  const { to, server } = await open();
  server.refuseWith = 403;
  await expect(createSqsQueue(to).send('test/1')).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
});

test('a dead letter keeps its body, and the reason as far as it can be read', async () => {
  const { to, observations } = await open();
  await createSqsDeadLetters(to).put('the body', 'x'.repeat(5000));
  await createSqsDeadLetters(to).put('another', '');
  expect(observations.messages.map(({ body, attributes }) => [body, attributes['reason']?.StringValue])).toEqual([
    ['the body', 'x'.repeat(1000)],
    ['another', 'unknown'],
  ]);
});

test('dead letters are sent again, each once, and are gone', async () => {
  const [observations, deadLetters] = [new TestQueue(), new TestQueue()];
  const server = await startSqsServer({ observations, 'dead-letters': deadLetters });
  onTestFinished(() => server.close());
  const letters = createSqsDeadLetters({ client: server.client, url: server.urlOf('dead-letters') });
  const bodies = Array.from({ length: 23 }, (_, index) => `message ${index}`);
  for (const body of bodies) await letters.put(body, 'why');
  expect(await letters.resendTo(server.urlOf('observations'))).toBe(23);
  expect(observations.messages.map(({ body }) => body)).toEqual(bodies);
  expect(deadLetters.messages).toEqual([]);
});
