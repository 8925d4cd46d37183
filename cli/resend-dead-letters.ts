import { loadSettings } from '../functions/config.ts';

/**
 * Sends every dead letter of SQS again, where the environment names the queues.
 *
 * @returns how many
 */
export async function resendDeadLetters(env: NodeJS.ProcessEnv): Promise<number> {
  const { queueUrl, deadLetterUrl } = loadSettings(env);
  if (queueUrl === undefined || deadLetterUrl === undefined) return 0;
  const { createSqsDeadLetters } = await import('../functions/adapters/sqs-dead-letters.ts');
  return createSqsDeadLetters({ url: deadLetterUrl }).resendTo(queueUrl);
}
