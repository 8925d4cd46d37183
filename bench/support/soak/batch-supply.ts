import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { soakBatches, type SoakBatch } from './soak-batches.ts';

/** Made at once, and asked for again when no more than half of them are left: some seconds of any load. */
const stock = 200;

/** Batches that another thread makes: who sends must not be late because it made the next ones. */
export interface BatchSupply {
  next(): Promise<SoakBatch>;
  close(): Promise<void>;
}

/** @param entry the bundle that both threads run: it calls {@link supplyBatches} first, and ends there in the other one */
export function startBatchSupply(entry: URL): BatchSupply {
  const worker = new Worker(entry);
  const ready: SoakBatch[] = [];
  const waiting: ((batch: SoakBatch) => void)[] = [];
  let ordered = 0;
  const order = (): void => {
    ordered += stock;
    // A thread has no origin.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    worker.postMessage(stock);
  };
  worker.on('error', (error) => {
    throw error;
  });
  worker.on('message', (batch: SoakBatch) => {
    ordered -= 1;
    const first = waiting.shift();
    if (first === undefined) ready.push(batch);
    else first(batch);
  });
  order();
  return {
    next() {
      const batch = ready.shift();
      if (ready.length + ordered < stock / 2 + waiting.length) order();
      return batch === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(batch);
    },
    async close() {
      await worker.terminate();
    },
  };
}

/** @returns false in the main thread; in the other one it makes what is ordered */
export function supplyBatches(): boolean {
  if (isMainThread || parentPort === null) return false;
  const port = parentPort;
  const batches = soakBatches();
  port.on('message', (count: number) => {
    for (let made = 0; made < count; made += 1) port.postMessage(batches.next().value);
  });
  return true;
}
