import { createSqsQueue } from '../adapters/sqs-queue.ts';
import { composeLambda } from '../compose-lambda.ts';
import { loadSettings, requireSetting } from '../config.ts';
import { runRound, type RoundDeps } from '../usecases/run-round.ts';

/** The queue delivers within seconds; what is older was lost, or waits behind a backlog that must not be doubled. */
const options = { minimumAgeMs: 120_000, atMost: 500 };

let deps: RoundDeps | undefined;

/** Every minute: what was left is taken up, and data time has its effect. */
export async function handler(): Promise<void> {
  deps ??= compose();
  await runRound(deps, options);
}

function compose(): RoundDeps {
  const settings = loadSettings(process.env);
  const url = requireSetting(settings.queueUrl, 'MORTEM_QUEUE_URL');
  return { ...composeLambda(settings), queue: createSqsQueue({ url }) };
}
