import { expect, test } from 'vitest';
import type { Queue } from '#core/ports.ts';

export interface QueueUnderTest {
  readonly queue: Queue;
  /** Resolves when everything that was sent has been handed over. */
  readonly settled: () => Promise<void>;
}

/** Takes ids; those it returns are delivered again. */
export type Consumer = (ids: readonly string[]) => Promise<readonly string[]>;

/** What every queue must do: at least once, failures again, one failure no other's. */
export function describeQueue(open: (consume: Consumer) => Promise<QueueUnderTest>): void {
  test('every id is delivered', async () => {
    const delivered = new Set<string>();
    const { queue, settled } = await open(async (ids) => {
      for (const id of ids) delivered.add(id);
      return [];
    });
    const ids = Array.from({ length: 50 }, (_, index) => `test/${index}`);
    await Promise.all(ids.map((id) => queue.send(id)));
    await settled();
    expect([...delivered].toSorted()).toEqual(ids.toSorted());
  });

  test('sending does not wait for processing', async () => {
    const processing = Promise.withResolvers<void>();
    const done: string[] = [];
    const { queue, settled } = await open(async (ids) => {
      await processing.promise;
      done.push(...ids);
      return [];
    });
    await queue.send('test/1');
    await queue.send('test/2');
    expect(done).toEqual([]);
    processing.resolve();
    await settled();
    expect(done).toEqual(['test/1', 'test/2']);
  });

  test('an id that failed comes again, the others do not', async () => {
    const deliveries: string[] = [];
    let failing = true;
    const { queue, settled } = await open(async (ids) => {
      deliveries.push(...ids);
      const failed = failing ? ids.filter((id) => id === 'test/bad') : [];
      if (failed.length > 0) failing = false;
      return failed;
    });
    await Promise.all(['test/1', 'test/bad', 'test/2'].map((id) => queue.send(id)));
    await settled();
    expect(deliveries.toSorted()).toEqual(['test/1', 'test/2', 'test/bad', 'test/bad']);
  });
}
