import { expect, test } from 'vitest';
import { startSchedule } from '../../functions/schedule.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';

test('runs every interval, also after a round that failed, until it is stopped', async () => {
  const clock = createManualClock();
  const logger = createRecordingLogger();
  let rounds = 0;
  const schedule = startSchedule(
    async () => {
      rounds += 1;
      if (rounds === 1) throw new Error('the disk is full');
    },
    { clock, logger, intervalMs: 60_000 },
  );
  for (const expected of [0, 1, 2]) {
    await clock.untilSleeping(60_000);
    expect(rounds).toBe(expected);
    clock.advance(60_000);
  }
  await clock.untilSleeping(60_000);
  await schedule.stop();
  clock.advance(600_000);
  expect(rounds).toBe(3);
  expect(logger.entries).toMatchObject([
    { event: 'schedule-round-failed', fields: { reason: expect.stringContaining('the disk is full') as string } },
  ]);
});
