import { expect, test } from 'vitest';
import type { WorkloadVersion } from '#core/store-model.ts';
import { createInlineRebuilder, type InlineRebuilderDeps } from '../../../functions/adapters/inline-rebuilder.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';

function workload(name: string, version = 1): WorkloadVersion {
  return { cluster: 'test', namespace: 'shop', kind: 'Deployment', name, version };
}

function open(deps: Partial<InlineRebuilderDeps> & Pick<InlineRebuilderDeps, 'rebuild'>) {
  return createInlineRebuilder({
    hasSpareTime: () => Promise.resolve(true),
    windowMs: 10,
    finished: () => Promise.resolve(),
    clock: createManualClock(),
    logger: createRecordingLogger(),
    ...deps,
  });
}

test('builds what was added, the longest waiting first, and says when nothing is left', async () => {
  const built: string[] = [];
  let finished = 0;
  const rebuilder = open({
    rebuild: async (workloads) => void built.push(...workloads.map(({ name }) => name)),
    finished: async () => void (finished += 1),
  });
  rebuilder.add(Array.from({ length: 20 }, (_, index) => workload(`w${index}`)));
  await rebuilder.idle();
  expect(built).toEqual(Array.from({ length: 20 }, (_, index) => `w${index}`));
  expect(finished).toBe(1);
});

test('a storm of one cluster: the workload of another is among the next', async () => {
  const built: string[] = [];
  const rebuilder = open({ rebuild: async (workloads) => void built.push(...workloads.map(({ name }) => name)) });
  rebuilder.add([...Array.from({ length: 100 }, (_, index) => workload(`w${index}`)), { ...workload('calm'), cluster: 'calm' }]);
  await rebuilder.idle();
  expect(built.indexOf('calm')).toBe(1);
  expect(built).toHaveLength(101);
});

test('says that nothing is left also when nothing was', async () => {
  let finished = 0;
  const rebuilder = open({ rebuild: () => Promise.reject(new Error('not expected')), finished: async () => void (finished += 1) });
  rebuilder.add([]);
  await rebuilder.idle();
  expect(finished).toBe(1);
});

test('a workload that changes while it waits is built once, in its last version', async () => {
  const built: WorkloadVersion[] = [];
  const first = Promise.withResolvers<void>();
  const rebuilder = open({
    rebuild: async (workloads) => {
      built.push(...workloads);
      await first.promise;
    },
  });
  rebuilder.add([workload('running')]);
  rebuilder.add([workload('waiting', 1)]);
  rebuilder.add([workload('waiting', 2)]);
  first.resolve();
  await rebuilder.idle();
  expect(built).toEqual([workload('running'), workload('waiting', 2)]);
});

test('in a busy process it watches nine times as long as it worked, or until there is spare time', async () => {
  const clock = createManualClock();
  const busy = [true, true, true, true, true, true, true, true, true, true, true, true, true, true, false];
  const events: string[] = [];
  const rebuilder = open({
    clock,
    hasSpareTime: async () => {
      events.push('watched');
      return busy.shift() !== true;
    },
    rebuild: async ([first]) => {
      events.push(first!.name);
      clock.advance(10);
    },
  });
  rebuilder.add(Array.from({ length: 24 }, (_, index) => workload(`w${index}`)));
  await rebuilder.idle();
  const watched = (times: number) => Array.from({ length: times }, () => 'watched');
  expect(events).toEqual(['w0', ...watched(9), 'w8', ...watched(6), 'w16']);
});

test('with time to spare it looks again after a tenth of a second of work, and then has a tenth again', async () => {
  const clock = createManualClock();
  const busy = [false, true, true, true, true, true, true, true, true, true];
  const events: string[] = [];
  const rebuilder = open({
    clock,
    hasSpareTime: async () => {
      events.push('watched');
      return busy.shift() === false;
    },
    rebuild: async ([first]) => {
      events.push(first!.name);
      clock.advance(first!.name === 'w0' ? 1 : 50);
    },
  });
  rebuilder.add(Array.from({ length: 32 }, (_, index) => workload(`w${index}`)));
  await rebuilder.idle();
  expect(events).toEqual(['w0', 'watched', 'w8', 'w16', ...Array.from({ length: 45 }, () => 'watched'), 'w24']);
});

test('a fault is logged and the next workload is built', async () => {
  const logger = createRecordingLogger();
  const built: string[] = [];
  const rebuilder = open({
    logger,
    rebuild: async ([first]) => {
      if (first!.name === 'bad') throw new Error('out of disk');
      built.push(first!.name);
    },
  });
  rebuilder.add([workload('bad')]);
  await rebuilder.idle();
  rebuilder.add([workload('good')]);
  await rebuilder.idle();
  expect(built).toEqual(['good']);
  expect(logger.entries).toEqual([{ level: 'error', event: 'rebuilder-failed', fields: { reason: 'Error: out of disk' } }]);
});

test('closing waits for what runs and begins nothing new', async () => {
  const built: string[] = [];
  const running = Promise.withResolvers<void>();
  const rebuilder = open({
    rebuild: async ([first]) => {
      built.push(first!.name);
      await running.promise;
    },
  });
  rebuilder.add(Array.from({ length: 20 }, (_, index) => workload(`w${index}`)));
  const closed = rebuilder.close();
  running.resolve();
  await closed;
  rebuilder.add([workload('late')]);
  expect(built).toEqual(['w0']);
});
