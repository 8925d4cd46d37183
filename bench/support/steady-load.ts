import { setTimeout } from 'node:timers/promises';
import { postBatch, type SentBatch } from './batches.ts';

export interface SteadyLoad<Batch extends SentBatch> {
  readonly url: string;
  readonly key: string;
  readonly batchesPerSecond: number;
  readonly seconds: number;
  readonly next: () => Promise<Batch>;
  /** Told at once of each batch that is through, for whoever shows how it goes. */
  readonly onSent: (sent: Sent, batch: Batch) => void;
}

/** How one batch went, from the moment it was due: a server that is late is late for all that wait behind. */
export interface Sent {
  /** Seconds after the start. */
  readonly dueAt: number;
  readonly ms: number;
  /** How often the server asked to wait. */
  readonly refused: number;
  /** How often there was no answer, and the batch was sent again, as a collector does. */
  readonly broken: number;
  /** What it said instead of 202 or 429, or why nobody answered for a minute. */
  readonly fault?: string;
}

const ticksPerSecond = 10;
const retryMs = 1000;
const mostBroken = 60;

/** Sends at an even rate whatever the answers take, and each batch until it is taken. Resolves when all are through. */
export async function sendSteadily<Batch extends SentBatch>(load: SteadyLoad<Batch>): Promise<readonly Sent[]> {
  const { batchesPerSecond, seconds, next, onSent } = load;
  const sent: Promise<Sent>[] = [];
  const start = performance.now();
  for (let due = 0; due < seconds * batchesPerSecond;) {
    const elapsed = (performance.now() - start) / 1000;
    for (; due < Math.min(elapsed, seconds) * batchesPerSecond; due += 1) sent.push(sendOne(due / batchesPerSecond, await next()));
    await setTimeout(1000 / ticksPerSecond);
  }
  return Promise.all(sent);

  async function sendOne(dueAt: number, batch: Batch): Promise<Sent> {
    const outcome = await sendUntilTaken(load, batch);
    const one: Sent = { dueAt, ms: performance.now() - start - dueAt * 1000, ...outcome };
    onSent(one, batch);
    return one;
  }
}

/** Sends one batch again and again while nobody answers, or the answer is to wait. */
export async function sendUntilTaken(
  { url, key }: Pick<SteadyLoad<SentBatch>, 'url' | 'key'>,
  batch: SentBatch,
): Promise<Pick<Sent, 'refused' | 'broken' | 'fault'>> {
  for (let [refused, broken] = [0, 0]; ;) {
    const answer = await postBatch(`${url}/v1/observations`, key, batch).catch((error: unknown) => reasonOf(error));
    if (typeof answer === 'string') {
      broken += 1;
      if (broken === mostBroken) return { refused, broken, fault: answer };
      await setTimeout(retryMs);
    } else if (answer.status === 429) {
      refused += 1;
      await setTimeout(Math.max(answer.retryAfter * 1000, retryMs));
    } else {
      return { refused, broken, ...(answer.status === 202 ? {} : { fault: `${answer.status} ${answer.text}` }) };
    }
  }
}

function reasonOf(error: unknown): string {
  return `${String(error)} ${String(error instanceof Error ? error.cause : '')}`;
}
