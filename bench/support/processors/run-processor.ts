import { once } from 'node:events';
import { compose } from '../../../functions/compose.ts';
import { consumeMessages } from '../../../functions/usecases/consume-messages.ts';
import { strictLogger as logger } from '../strict-logger.ts';

/** What one processor is sent when all are ready. */
export interface ProcessorTask {
  readonly databaseUrl: string;
  readonly dataDir: string;
  readonly batches: readonly string[];
}

export interface ProcessorReport {
  readonly cpuSeconds: number;
}

/** As many as a queue delivers to a function at once. */
const messagesAtOnce = 4;

/** One process of a fleet of processors: takes its batches as a queue delivers them, and tells what it used. */
export async function runProcessor(): Promise<void> {
  process.send?.('ready');
  const [task]: (ProcessorTask | undefined)[] = await once(process, 'message');
  if (task === undefined) throw new Error('a processor was sent nothing to do');
  const { databaseUrl, dataDir, batches } = task;
  const deps = compose({ databaseUrl, dataDir, logLevel: 'silent' }, { logger });
  const deadLetters = { put: async (_: string, reason: string) => logger.error('dead-letter', { reason }) };
  const before = process.cpuUsage();
  for (let at = 0; at < batches.length; at += messagesAtOnce) {
    const messages = batches.slice(at, at + messagesAtOnce).map((batch) => ({ id: batch, body: JSON.stringify({ batch }), deliveries: 1 }));
    const again = await consumeMessages({ ...deps, takeAccepted: () => undefined, deadLetters }, messages);
    if (again.length > 0) throw new Error(`${again.length} batches are to be delivered again`);
  }
  const { user, system } = process.cpuUsage(before);
  await deps.close();
  process.send?.({ cpuSeconds: (user + system) / 1e6 } satisfies ProcessorReport);
  process.disconnect();
}
