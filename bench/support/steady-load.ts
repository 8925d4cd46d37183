import { setTimeout } from 'node:timers/promises';
import { postBatch, type SentBatch } from './batches.ts';

export interface SteadyLoad {
  readonly url: string;
  readonly key: string;
  readonly batchesPerSecond: number;
  readonly seconds: number;
  /** The next batch; what making it costs is not the server's. */
  readonly next: () => SentBatch;
}

/** How one batch went, from the moment it was due: a server that is late is late for all that wait behind. */
export interface Sent {
  /** Seconds after the start. */
  readonly dueAt: number;
  readonly ms: number;
  /** How often the server asked to wait. */
  readonly refused: number;
  /** What it said instead of 202 or 429. */
  readonly fault?: string;
}

const ticksPerSecond = 10;

/** Sends at an even rate whatever the answers take, and each batch until it is taken. */
export async function sendSteadily({ url, key, batchesPerSecond, seconds, next }: SteadyLoad): Promise<readonly Sent[]> {
  const sent: Promise<Sent>[] = [];
  const start = performance.now();
  for (let due = 0; due < seconds * batchesPerSecond;) {
    const elapsed = (performance.now() - start) / 1000;
    for (; due < Math.min(elapsed, seconds) * batchesPerSecond; due += 1) sent.push(sendOne(due / batchesPerSecond, next()));
    await setTimeout(1000 / ticksPerSecond);
  }
  return Promise.all(sent);

  async function sendOne(dueAt: number, batch: SentBatch): Promise<Sent> {
    for (let refused = 0; ; refused += 1) {
      const answer = await postBatch(`${url}/v1/observations`, key, batch).catch((error: unknown) => ({
        status: 0,
        text: `${String(error)} ${String(error instanceof Error ? error.cause : '')}`,
        retryAfter: 0,
      }));
      const ms = performance.now() - start - dueAt * 1000;
      if (answer.status === 202) return { dueAt, ms, refused };
      if (answer.status !== 429) return { dueAt, ms, refused, fault: `${answer.status} ${answer.text}` };
      await setTimeout(Math.max(answer.retryAfter, 1) * 1000);
    }
  }
}
