import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { createSqsDeadLetters } from '../adapters/sqs-dead-letters.ts';
import { composeLambda } from '../compose-lambda.ts';
import { loadSettings, requireSetting } from '../config.ts';
import { consumeMessages, type ConsumeDeps } from '../usecases/consume-messages.ts';

let deps: ConsumeDeps | undefined;

/** Messages about new objects: those that failed are named, and delivered again. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  deps ??= compose();
  const messages = Records.map(({ messageId, body, attributes }) => ({
    id: messageId,
    body,
    deliveries: Number(attributes.ApproximateReceiveCount),
  }));
  const again = await consumeMessages(deps, messages);
  return { batchItemFailures: again.map((itemIdentifier) => ({ itemIdentifier })) };
}

function compose(): ConsumeDeps {
  const settings = loadSettings(process.env);
  const url = requireSetting(settings.deadLetterUrl, 'MORTEM_DEAD_LETTER_URL');
  return { ...composeLambda(settings), deadLetters: createSqsDeadLetters({ url }) };
}
