import { expect, test } from 'vitest';
import { createPacedTask } from '../../../functions/adapters/paced-task.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';

function paced(costMs = 0) {
  const clock = createManualClock();
  const logger = createRecordingLogger();
  const counts = { runs: 0 };
  const task = createPacedTask(
    async () => {
      counts.runs += 1;
      clock.advance(costMs);
    },
    { clock, logger, minimumPauseMs: 1000 },
  );
  return { clock, counts, logger, task };
}

test('the first request runs at once, those in the pause run once after it', async () => {
  const { clock, counts, task } = paced();
  await task.request();
  expect(counts.runs).toBe(1);
  await task.request();
  await task.request();
  await clock.untilSleeping(1000);
  expect(counts.runs).toBe(1);
  clock.advance(1000);
  await task.flush();
  expect(counts.runs).toBe(2);
});

test('a task that takes long pauses longer', async () => {
  const { clock, counts, task } = paced(500);
  await task.request();
  await task.request();
  await clock.untilSleeping(4500);
  expect(counts.runs).toBe(1);
});

test('flush runs what was put off, and nothing when nothing was asked for', async () => {
  const { counts, task } = paced();
  await task.request();
  await task.request();
  await task.flush();
  await task.flush();
  expect(counts.runs).toBe(2);
});

test('a task that fails is logged and can be asked again', async () => {
  const clock = createManualClock();
  const logger = createRecordingLogger();
  const task = createPacedTask(() => Promise.reject(new Error('busy')), { clock, logger, minimumPauseMs: 0 });
  await task.request();
  await task.request();
  expect(logger.entries).toEqual([
    { level: 'error', event: 'paced-task-failed', fields: { reason: 'Error: busy' } },
    { level: 'error', event: 'paced-task-failed', fields: { reason: 'Error: busy' } },
  ]);
});

test('flush and close wait for what runs; what is asked for meanwhile runs after it, and not at all once closed', async () => {
  const clock = createManualClock();
  const steps: string[] = [];
  const waits = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const task = createPacedTask(
    async () => {
      const wait = waits.shift();
      steps.push('begins');
      await wait?.promise;
      steps.push('ends');
    },
    { clock, logger: createRecordingLogger(), minimumPauseMs: 0 },
  );
  const [first, second] = waits;
  void task.request();
  const flushed = task.flush();
  void task.request();
  first?.resolve();
  await flushed;
  expect(steps.slice(0, 2)).toEqual(['begins', 'ends']);
  const closed = task.close();
  await task.request();
  second?.resolve();
  await closed;
  expect(steps).toEqual(['begins', 'ends', 'begins', 'ends']);
});
