import { expect, test } from 'vitest';
import { startReplay } from '../../replay/play.ts';
import { createReplayClock } from '../../replay/replay-clock.ts';
import { line, pod, second, smallRecording } from './small-recording.ts';
import { brief, openWatchClient } from './watch-client.ts';

test('at twice the recorded speed everything happens in half the time, sleepers included', async () => {
  // The real time of this test: it moves when somebody waits for it.
  const wall = createReplayClock(new Date(0));
  const recording = smallRecording([line(10, 'ADDED', pod('web', 101)), line(30, 'MODIFIED', pod('web', 102))]);
  const replay = await startReplay({ recordings: [recording], pace: { times: 2 }, wall });
  const watch = await openWatchClient(`${replay.url}/api/v1/pods?watch=true&resourceVersion=100`);
  const times: string[] = [];
  const note = (what: string) => times.push(`${what} at ${replay.clock.now().getTime() - second(0)} after ${wall.now().getTime()}`);
  const sleeping = replay.clock.sleep(20_000).then(() => note('slept'));

  const playing = replay.play();
  const passTo = async (real: number) => {
    for (let turns = 0; turns < 100 && wall.nextWakeAt()?.getTime() !== real; turns++) await Promise.resolve();
    expect(wall.nextWakeAt()).toEqual(new Date(real));
    wall.wakeNext();
  };

  await passTo(5_000);
  expect(brief(await watch.next())).toBe('ADDED web@101');
  note('line');
  await passTo(10_000);
  await sleeping;
  const again = replay.clock.sleep(2_000).then(() => note('slept again'));
  await passTo(11_000);
  await again;
  await passTo(15_000);
  expect(brief(await watch.next())).toBe('MODIFIED web@102');
  note('line');
  await passTo(30_000);
  await playing;
  note('end');
  expect(times).toEqual([
    'line at 10000 after 5000',
    'slept at 20000 after 10000',
    'slept again at 22000 after 11000',
    'line at 30000 after 15000',
    'end at 60000 after 30000',
  ]);
  watch.close();
  await replay.close();
});
