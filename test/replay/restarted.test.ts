import { expect, onTestFinished, test } from 'vitest';
import { startReplay } from '../../replay/play.ts';
import { wallClock } from '../../replay/wall-clock.ts';
import { line, pod, second, smallRecording } from './small-recording.ts';
import { brief, openWatchClient, sentList } from './watch-client.ts';

const recording = smallRecording([
  line(1, 'ADDED', pod('web', 101)),
  line(2, 'MODIFIED', pod('web', 102)),
  line(9, 'ADDED', pod('db', 103)),
]);

async function restartedAt(seconds: number, recordings = [recording]) {
  const replay = await startReplay({
    recordings,
    pace: { times: 1e6 },
    restartedAt: new Date(second(seconds)),
    wall: wallClock,
  });
  onTestFinished(() => replay.close());
  return { replay, pods: `${replay.url}/api/v1/pods` };
}

test('an API server that was started again has what there was, and forgot the versions before', async () => {
  const { replay, pods } = await restartedAt(5);
  const list = sentList.parse(await (await fetch(pods)).json());
  expect([list.metadata.resourceVersion, list.items.map(({ metadata }) => [metadata.name, metadata.resourceVersion])]).toEqual([
    '102',
    [['web', '102']],
  ]);
  const older = await openWatchClient(`${pods}?watch=1&resourceVersion=101`);
  expect(await older.rest()).toEqual([expect.objectContaining({ type: 'ERROR', object: expect.objectContaining({ code: 410 }) }), 'end']);
  const newer = await openWatchClient(`${pods}?watch=1&resourceVersion=102`);
  await replay.play();
  expect(brief(await newer.next())).toBe('ADDED db@103');
  newer.close();
});

test('a version that was handed out before a change has expired after it, whatever number the change has', async () => {
  const outOfOrder = smallRecording([line(1, 'ADDED', pod('web', 105)), line(3, 'ADDED', pod('db', 103))]);
  const later = smallRecording([], {
    meta: [{ at: second(30), resource: 'pods', what: 'LIST', status: 200, resourceVersion: '900', items: 0 }],
  });
  const versionAt = async (seconds: number): Promise<string> => {
    const { pods } = await restartedAt(seconds, [outOfOrder, later]);
    return sentList.parse(await (await fetch(pods)).json()).metadata.resourceVersion;
  };
  expect([await versionAt(0), await versionAt(1), await versionAt(2), await versionAt(3)]).toEqual(['100', '105', '105', '106']);
  const { pods } = await restartedAt(4, [outOfOrder, later]);
  const watch = await openWatchClient(`${pods}?watch=1&resourceVersion=105`);
  expect(await watch.rest()).toEqual([expect.objectContaining({ type: 'ERROR', object: expect.objectContaining({ code: 410 }) }), 'end']);
});

test('one that is shut down ends its watches cleanly and takes no connection', async () => {
  const { replay, pods } = await restartedAt(5);
  const watch = await openWatchClient(`${pods}?watch=1&resourceVersion=102`);
  const closed = replay.shutDown();
  expect(await watch.rest()).toEqual(['end']);
  await closed;
  await expect(fetch(pods)).rejects.toThrow('fetch failed');
});
