import { describe, expect, test } from 'vitest';
import type { Clock } from '#core/ports.ts';
import { createInlineQueue, type InlineQueueDeps } from '../../../functions/adapters/inline-queue.ts';
import type { FailedBatch } from '../../../functions/usecases/index-batches.ts';
import { describeQueue } from '../../conformance/queue.suite.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';

/** Time flies: whoever sleeps is awake at once. */
const instantClock: Clock = { now: () => new Date(0), sleep: () => Promise.resolve() };

function open(deps: Partial<InlineQueueDeps> & Pick<InlineQueueDeps, 'process'>) {
  return createInlineQueue({
    quarantine: () => Promise.resolve(),
    clock: instantClock,
    logger: createRecordingLogger(),
    ...deps,
  });
}

const failure = (id: string): FailedBatch => ({ id, reason: 'the blob is missing' });

describe('in the process', () => {
  describeQueue(async (consume) => {
    const queue = open({ process: async (ids) => (await consume(ids)).map(failure) });
    return { queue, settled: () => queue.idle() };
  });

  test('one worker: what arrives meanwhile is taken together, each id once', async () => {
    const calls: (readonly string[])[] = [];
    const first = Promise.withResolvers<void>();
    const queue = open({
      process: async (ids) => {
        calls.push(ids);
        if (calls.length === 1) await first.promise;
        return [];
      },
    });
    await queue.send('a');
    for (const id of ['b', 'c', 'b', 'd']) await queue.send(id);
    first.resolve();
    await queue.idle();
    expect(calls).toEqual([['a'], ['b', 'c', 'd']]);
  });

  test('a batch that fails five times is quarantined with its last reason, and not tried again', async () => {
    let attempts = 0;
    const quarantined: FailedBatch[] = [];
    const queue = open({
      process: async ([id]) => {
        attempts += 1;
        return id === undefined ? [] : [failure(id)];
      },
      quarantine: async (failed) => void quarantined.push(failed),
    });
    await queue.send('poison');
    await queue.idle();
    expect(attempts).toBe(5);
    expect(quarantined).toEqual([{ id: 'poison', reason: 'the blob is missing' }]);
  });

  test('the pause before a retry doubles, and others are served in it', async () => {
    const clock = createManualClock();
    const calls: (readonly string[])[] = [];
    const queue = open({
      clock,
      process: async (ids) => {
        calls.push(ids);
        return ids.filter((id) => id === 'bad').map(failure);
      },
    });
    await queue.send('bad');
    await clock.untilSleeping(250);
    await queue.send('good');
    clock.advance(250);
    await clock.untilSleeping(500);
    clock.advance(500);
    await clock.untilSleeping(1000);
    expect(calls).toEqual([['bad'], ['good'], ['bad'], ['bad']]);
    await queue.close();
  });

  test('a fault of the worker itself is logged, and the next batch is served', async () => {
    const logger = createRecordingLogger();
    const served: string[] = [];
    const queue = open({
      logger,
      process: async (ids) => {
        if (ids.includes('fault')) throw new Error('no more file handles');
        served.push(...ids);
        return [];
      },
    });
    await queue.send('fault');
    await queue.idle();
    await queue.send('next');
    await queue.idle();
    expect(served).toEqual(['next']);
    expect(logger.entries).toEqual([{ level: 'error', event: 'worker-failed', fields: { reason: 'Error: no more file handles' } }]);
  });

  test('closing waits for what runs and begins nothing new', async () => {
    const calls: (readonly string[])[] = [];
    const running = Promise.withResolvers<void>();
    const queue = open({
      process: async (ids) => {
        calls.push(ids);
        await running.promise;
        return [];
      },
    });
    await queue.send('a');
    await queue.send('b');
    const closed = queue.close();
    running.resolve();
    await closed;
    await queue.send('c');
    expect(calls).toEqual([['a']]);
  });
});
