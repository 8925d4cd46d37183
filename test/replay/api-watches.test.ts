import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApiServer, type ApiServer } from '../../replay/api-server.ts';
import { createReplayClock, type ReplayClock } from '../../replay/replay-clock.ts';
import { bookmark, line, pod, second, smallRecording } from './small-recording.ts';
import { brief, openWatchClient, sentList, type WatchClient } from './watch-client.ts';

let clock: ReplayClock;
let server: ApiServer;
const clients: WatchClient[] = [];

beforeEach(async () => {
  clock = createReplayClock(new Date(second(0)));
  server = await startApiServer({ recordings: [smallRecording([])], clock });
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.close();
});

async function watch(query: string, path = '/api/v1/pods'): Promise<WatchClient> {
  const client = await openWatchClient(`${server.url}${path}?watch=1&${query}`);
  clients.push(client);
  return client;
}

/** Everything the watch says until its time-out, which has to be the first thing anybody waits for. */
async function untilTimeout(client: WatchClient): Promise<readonly string[]> {
  expect(clock.wakeNext()).toBe(true);
  return (await client.rest()).map(brief);
}

const sent = () => Object.fromEntries(server.sent());

describe('watches', () => {
  test('send each change of their resource as it happens, the object as it was recorded', async () => {
    const client = await watch('resourceVersion=100');
    server.emit(line(1, 'ADDED', pod('web', 101)));
    server.emit(line(1, 'ADDED', { ...pod('node-1', 102), kind: 'Node' }, 'nodes'));
    server.emit(line(2, 'DELETED', pod('web', 103)));
    expect(await client.next()).toEqual({ type: 'ADDED', object: pod('web', 101) });
    expect(await client.next()).toEqual({ type: 'DELETED', object: pod('web', 103) });
    expect(sent()).toEqual({ pods: '103' });
  });

  test('send bookmarks to those who asked', async () => {
    const asking = await watch('resourceVersion=100&allowWatchBookmarks=true&timeoutSeconds=60');
    const without = await watch('resourceVersion=100&timeoutSeconds=61');
    server.emit(line(1, 'BOOKMARK', bookmark(150)));
    expect(await untilTimeout(asking)).toEqual(['BOOKMARK @150', 'end']);
    expect(await untilTimeout(without)).toEqual(['end']);
  });

  test('end cleanly after timeoutSeconds of virtual time, sometimes without a single line', async () => {
    const client = await watch('resourceVersion=100&timeoutSeconds=290');
    expect(client.status).toBe(200);
    expect(clock.nextWakeAt()).toEqual(new Date(second(290)));
    expect(await untilTimeout(client)).toEqual(['end']);
    expect(clock.nextWakeAt()).toBeUndefined();
  });

  test('begin with what was missed', async () => {
    server.emit(line(1, 'ADDED', pod('web', 101)));
    server.emit(line(2, 'MODIFIED', pod('web', 105)));
    server.emit(line(3, 'MODIFIED', pod('web', 109)));
    expect(sent()).toEqual({});
    expect(await untilTimeout(await watch('resourceVersion=105&timeoutSeconds=1'))).toEqual(['MODIFIED web@109', 'end']);
    expect(await untilTimeout(await watch('resourceVersion=103&timeoutSeconds=1'))).toEqual([
      'MODIFIED web@105',
      'MODIFIED web@109',
      'end',
    ]);
    expect(await untilTimeout(await watch('resourceVersion=109&timeoutSeconds=1'))).toEqual(['end']);
    expect(sent()).toEqual({ pods: '109' });
  });

  test('without a version, or from 0, begin with what exists', async () => {
    server.emit(line(1, 'ADDED', pod('b', 101)));
    server.emit(line(2, 'ADDED', pod('a', 102)));
    server.emit(line(3, 'MODIFIED', pod('b', 103)));
    for (const query of ['timeoutSeconds=1', 'resourceVersion=0&timeoutSeconds=1']) {
      expect(await untilTimeout(await watch(query))).toEqual(['ADDED a@102', 'ADDED b@103', 'end']);
    }
  });

  test('lose nothing between a list and the watch that follows it, though versions of merged clusters are in no order', async () => {
    server.emit(line(1, 'ADDED', pod('web', 5000)));
    server.emit(line(2, 'ADDED', pod('other', 101)));
    const list = sentList.parse(await (await fetch(`${server.url}/api/v1/pods`)).json());
    expect(list.metadata.resourceVersion).toBe('101');
    server.emit(line(3, 'MODIFIED', pod('other', 102)));
    expect(await untilTimeout(await watch('resourceVersion=101&timeoutSeconds=1'))).toEqual(['MODIFIED other@102', 'end']);
  });

  test('from a version that is gone: 200, one ERROR line with a 410, the end', async () => {
    const client = await watch('resourceVersion=99');
    expect(client.status).toBe(200);
    expect(await client.rest()).toEqual([
      {
        type: 'ERROR',
        object: {
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Failure',
          message: 'The resourceVersion for the provided watch is too old.',
          reason: 'Expired',
          code: 410,
        },
      },
      'end',
    ]);
    expect(sent()).toEqual({});
    expect(server.reaction.isPending()).toBe(true);
    await (await fetch(`${server.url}/api/v1/pods`)).text();
    expect(server.reaction.isPending()).toBe(false);
  });

  test('from the future stay silent until that version has passed', async () => {
    const client = await watch('resourceVersion=105&timeoutSeconds=60');
    server.emit(line(1, 'ADDED', pod('web', 104)));
    server.emit(line(2, 'MODIFIED', pod('web', 106)));
    expect(await untilTimeout(client)).toEqual(['MODIFIED web@106', 'end']);
  });

  test('are refused for a malformed version, a bad time-out, initial events, a resource that does not exist', async () => {
    expect((await watch('resourceVersion=abc')).status).toBe(500);
    expect((await watch('timeoutSeconds=soon')).status).toBe(400);
    expect((await watch('sendInitialEvents=true')).status).toBe(422);
    expect((await watch('', '/api/v1/secrets')).status).toBe(404);
  });

  test('see only their namespace', async () => {
    const client = await watch('resourceVersion=100&timeoutSeconds=60', '/api/v1/namespaces/data/pods');
    server.emit(line(1, 'ADDED', pod('web', 101)));
    server.emit(line(2, 'ADDED', pod('db', 102, { namespace: 'data' })));
    expect(await untilTimeout(client)).toEqual(['ADDED db@102', 'end']);
  });

  test('with a selector see objects come and go', async () => {
    const client = await watch('resourceVersion=100&timeoutSeconds=60&fieldSelector=spec.nodeName=node-1');
    server.emit(line(1, 'ADDED', pod('web', 101, { node: '' })));
    server.emit(line(2, 'MODIFIED', pod('web', 102)));
    server.emit(line(3, 'MODIFIED', pod('web', 103)));
    server.emit(line(4, 'MODIFIED', pod('web', 104, { node: 'node-2' })));
    server.emit(line(5, 'DELETED', pod('web', 105, { node: 'node-2' })));
    expect(await untilTimeout(client)).toEqual(['ADDED web@102', 'MODIFIED web@103', 'DELETED web@104', 'end']);
    expect(sent()).toEqual({ pods: '104' });
  });

  test('do not repeat what a recorder saw again when it listed again', async () => {
    const client = await watch('resourceVersion=100&timeoutSeconds=60');
    server.emit(line(1, 'ADDED', pod('web', 101)));
    server.emit(line(2, 'ADDED', pod('web', 101)));
    expect(await untilTimeout(client)).toEqual(['ADDED web@101', 'end']);
  });

  test('end as recorded: cleanly, with a 410, or broken', async () => {
    for (const [how, expected] of [
      ['end', ['end']],
      ['expired', ['ERROR @', 'end']],
      ['reset', ['broken']],
    ] as const) {
      const client = await watch('resourceVersion=100');
      const other = await watch('resourceVersion=100&timeoutSeconds=60', '/api/v1/nodes');
      server.cut({ at: second(1), resource: 'pods', how });
      expect((await client.rest()).map(brief)).toEqual(expected);
      expect(await untilTimeout(other)).toEqual(['end']);
    }
  });
});
