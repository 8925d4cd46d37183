import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import { openWatch, sendJson, sendStatus } from '../support/api-double.ts';
import { turn } from '../support/manual-clock.ts';
import { item, list, startReflector } from './support/start-reflector.ts';

describe('lists', () => {
  test('page by page, then watches from the version of the list', async () => {
    const run = await startReflector([
      (response) => sendJson(response, 200, list('10', ['a', 'b'], 'next')),
      (response) => sendJson(response, 200, list('10', ['c'])),
      (response) => openWatch(response).line('ADDED', item('d', '11')),
    ]);
    await run.until('ADDED d');
    expect(run.seen).toEqual(['list', 'listed a', 'listed b', 'listed c', 'ended 10 3', 'ADDED d']);
    expect(run.double.asked.map(({ path }) => path)).toEqual(['/api/v1/pods', '/api/v1/pods', '/api/v1/pods']);
    expect(run.queries()).toEqual([
      { limit: '50' },
      { limit: '50', continue: 'next' },
      { watch: 'true', allowWatchBookmarks: 'true', resourceVersion: '10', timeoutSeconds: '270' },
    ]);
    await turn();
    expect(run.reflector.state()).toEqual({
      resource: 'pods',
      phase: 'open',
      resourceVersion: '11',
      upToDateAt: new Date('2026-11-22T11:00:00.000Z'),
      relists: 0,
    });
  });

  test('in one namespace', async () => {
    const run = await startReflector([(response) => sendJson(response, 200, list('10'))], { namespace: 'shop' });
    await run.until('ended 10 0');
    await run.double.requests(2);
    expect(run.double.asked.map(({ path }) => path)).toEqual(['/api/v1/namespaces/shop/pods', '/api/v1/namespaces/shop/pods']);
  });

  test('an expired continue token starts the list again, after a while and in larger pages', async () => {
    const run = await startReflector([
      (response) => sendJson(response, 200, list('10', ['a'], 'old')),
      (response) => sendStatus(response, 410, 'The provided continue parameter is too old'),
      (response) => sendJson(response, 200, list('12', ['a'])),
    ]);
    await run.sleeping(1000);
    await run.clock.advance(1000);
    await run.until('ended 12 1');
    expect(run.seen).toEqual(['list', 'listed a', 'list', 'listed a', 'ended 12 1']);
    expect(run.queries()[2]).toEqual({ limit: '200' });
  });

  test.each([
    [429, '9', 9000],
    [503, '3', 3000],
    [500, '0', 1000],
  ])('%i with Retry-After %s waits %i ms', async (code, retryAfter, ms) => {
    const run = await startReflector([
      (response) => sendStatus(response, code, 'busy', { 'retry-after': retryAfter }),
      (response) => sendJson(response, 200, list('10')),
    ]);
    await run.sleeping(ms);
    expect(run.reflector.state()).toMatchObject({ phase: 'waiting', lastFault: 'busy' });
    await run.clock.advance(ms);
    await run.until('ended 10 0');
  });

  test.each<[string, number, (response: ServerResponse) => void]>([
    ['429', 7000, (response) => sendStatus(response, 429, 'busy', { 'retry-after': '7' })],
    ['500', 7000, (response) => sendStatus(response, 500, 'etcd is away', { 'retry-after': '7' })],
    ['a broken connection', 1000, (response) => void response.destroy()],
    ['half a page', 1000, (response) => void response.writeHead(200).write('{"metadata":{"resou', () => response.destroy())],
  ])('%s in the middle of a list: the page is asked for again, not the list', async (_, ms, fault) => {
    const run = await startReflector([
      (response) => sendJson(response, 200, list('10', ['a'], 'next')),
      fault,
      (response) => sendJson(response, 200, list('10', ['b'])),
    ]);
    await run.sleeping(ms);
    await run.clock.advance(ms);
    await run.until('ended 10 2');
    expect(run.seen).toEqual(['list', 'listed a', 'listed b', 'ended 10 2']);
    expect(run.queries().slice(0, 3)).toEqual([{ limit: '50' }, { limit: '50', continue: 'next' }, { limit: '50', continue: 'next' }]);
  });

  test('403 is told once in the words of the API, does not hold up the others, and is tried again ever more rarely', async () => {
    const words = 'pods is forbidden: User "x" cannot list resource "pods"';
    const run = await startReflector([
      (response) => sendStatus(response, 403, words),
      (response) => sendStatus(response, 403, words),
      (response) => sendJson(response, 200, list('10')),
    ]);
    await run.reflector.firstAttempt;
    await run.sleeping(15_000);
    expect(run.reflector.state()).toMatchObject({ phase: 'refused', lastFault: words });
    await run.clock.advance(15_000);
    await run.sleeping(30_000);
    await run.clock.advance(30_000);
    await run.until('ended 10 0');
    expect(run.seen).toEqual(['list', `refused 403 ${words}`, 'list', 'list', 'ended 10 0']);
  });

  test('HTML from a proxy is no list', async () => {
    const run = await startReflector([
      (response) => void response.writeHead(200).end('<html>'),
      (response) => sendJson(response, 200, list('10')),
    ]);
    await run.sleeping(1000);
    await run.clock.advance(1000);
    await run.until('ended 10 0');
    expect(run.logger.lines[0]).toMatchObject({ event: 'watch-failed', fields: { resource: 'pods', retryInMs: 1000 } });
  });
});

describe('watches', () => {
  const first = (response: ServerResponse) => sendJson(response, 200, list('10'));

  test('a bookmark moves the version on and reaches no handler; a clean end watches on from there at once', async () => {
    const run = await startReflector([
      first,
      (response) => {
        const watch = openWatch(response);
        watch.line('BOOKMARK', { kind: 'Pod', spec: { containers: null }, metadata: { resourceVersion: '15' } });
        watch.end();
      },
      (response) => openWatch(response).line('MODIFIED', item('a', '16')),
    ]);
    await run.until('MODIFIED a');
    expect(run.seen).toEqual(['list', 'ended 10 0', 'MODIFIED a']);
    expect(run.queries()[2]).toMatchObject({ resourceVersion: '15' });
    expect(run.logger.lines).toEqual([]);
  });

  test('an ERROR line with 410 lists again and says since when there is a gap', async () => {
    const run = await startReflector([
      first,
      (response) => {
        const watch = openWatch(response);
        watch.line('ADDED', item('a', '11'));
        watch.line('ERROR', { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 11 (99)' });
        watch.end();
      },
      (response) => sendJson(response, 200, list('99', ['b'])),
    ]);
    await run.until('ended 99 1 gap since 11:00:00');
    expect(run.seen).toEqual(['list', 'ended 10 0', 'ADDED a', 'list', 'listed b', 'ended 99 1 gap since 11:00:00']);
    await run.double.requests(4);
    expect(run.reflector.state().relists).toBe(1);
  });

  test.each(['Expired', 'Gone'])('an ERROR line without a code whose reason is %s is the same', async (reason) => {
    const run = await startReflector([
      first,
      (response) => {
        const watch = openWatch(response);
        watch.line('ADDED', item('a', '11'));
        watch.line('ERROR', { kind: 'Status', reason, message: 'too old resource version' });
        watch.end();
      },
      (response) => sendJson(response, 200, list('99', ['b'])),
    ]);
    await run.until('ended 99 1 gap since 11:00:00');
    expect(run.seen).toEqual(['list', 'ended 10 0', 'ADDED a', 'list', 'listed b', 'ended 99 1 gap since 11:00:00']);
  });

  test('410 as a real status does the same, and one that comes at once waits first', async () => {
    const run = await startReflector([
      first,
      (response) => sendStatus(response, 410, 'Expired'),
      (response) => sendJson(response, 200, list('99')),
    ]);
    await run.sleeping(1000);
    await run.clock.advance(1000);
    await run.until('ended 99 0 gap since 11:00:00');
    expect(run.seen).toEqual(['list', 'ended 10 0', 'list', 'ended 99 0 gap since 11:00:00']);
  });

  const expired = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version: 10 (99)' };

  test('a watch that opens and only then says that its version has expired has seen nothing since the list', async () => {
    const run = await startReflector([
      first,
      (response) => void response.destroy(),
      (response) => openWatch(response).line('ERROR', expired),
      (response) => sendJson(response, 200, list('99')),
    ]);
    await run.sleeping(1000);
    await run.clock.advance(1000);
    await run.sleeping(2000);
    await run.clock.advance(2000);
    await run.until('ended 99 0 gap since 11:00:00');
    expect(run.queries().slice(1, 3)).toMatchObject([{ resourceVersion: '10' }, { resourceVersion: '10' }]);
  });

  test.each([
    ['after 4 s of silence', [4000], '11:00:00'],
    ['after 6 s of silence', [6000], '11:00:06'],
    ['each 3 s for 27 s', Array<number>(9).fill(3000), '11:00:00'],
    ['each 3 s for 33 s', Array<number>(11).fill(3000), '11:00:33'],
  ])('lines that come %s: the gap that follows begins where the last was known to be all', async (_, pauses, since) => {
    let open: ReturnType<typeof openWatch> | undefined;
    const run = await startReflector([
      first,
      (response) => void (open = openWatch(response)),
      (response) => openWatch(response).line('ERROR', expired),
      (response) => sendJson(response, 200, list('99')),
    ]);
    while (run.reflector.state().phase !== 'open') await turn();
    for (const [number, ms] of pauses.entries()) {
      await run.clock.advance(ms);
      open?.line('ADDED', item(`a${number}`, String(11 + number)));
      await run.until(`ADDED a${number}`);
      await turn();
    }
    open?.reset();
    for (const pause of [1000, 2000]) {
      await run.sleeping(pause);
      await run.clock.advance(pause);
    }
    await run.until(`ended 99 0 gap since ${since}`);
    expect(run.seen.slice(-2)).toEqual(['list', `ended 99 0 gap since ${since}`]);
  });

  test('a list shows the moment at which it began', async () => {
    const run = await startReflector([
      (response) => sendJson(response, 200, list('10', ['a'], 'next')),
      (response) => sendStatus(response, 429, 'busy', { 'retry-after': '9' }),
      (response) => sendJson(response, 200, list('10', ['b'])),
      (response) => openWatch(response).line('ERROR', expired),
      (response) => sendJson(response, 200, list('99')),
    ]);
    await run.sleeping(9000);
    await run.clock.advance(9000);
    await run.until('ended 10 2');
    await run.sleeping(2000);
    await run.clock.advance(2000);
    await run.until('ended 99 0 gap since 11:00:00');
    expect(run.seen.slice(-2)).toEqual(['list', 'ended 99 0 gap since 11:00:00']);
  });

  test('a connection cut in the middle of a line: the whole lines count, and it goes on after them', async () => {
    const run = await startReflector([
      first,
      (response) => {
        const watch = openWatch(response);
        watch.line('ADDED', item('a', '11'));
        response.write('{"type":"MODIFIED","object":{"metadata":{"name":"half"', () => watch.reset());
      },
      (response) => openWatch(response).line('MODIFIED', item('half', '12')),
    ]);
    await run.sleeping(1000);
    await run.clock.advance(1000);
    await run.until('MODIFIED half');
    expect(run.queries()[2]).toMatchObject({ resourceVersion: '11' });
    expect(run.seen.filter((line) => line.includes('half'))).toHaveLength(1);
  });

  test.each([
    ['half a JSON on a line of its own', (watch: ReturnType<typeof openWatch>) => watch.raw('{"type":"ADDED","obj\n')],
    ['another error', (watch: ReturnType<typeof openWatch>) => watch.line('ERROR', { kind: 'Status', code: 500, message: 'etcd is away' })],
  ])('%s: nothing is skipped, the watch begins again from the last good line', async (_, break_) => {
    const run = await startReflector([
      first,
      (response) => {
        const watch = openWatch(response);
        watch.line('ADDED', item('a', '11'));
        break_(watch);
        watch.line('ADDED', item('b', '12'));
      },
      (response) => openWatch(response).line('ADDED', item('b', '12')),
    ]);
    await run.sleeping(1000);
    expect(run.seen).toEqual(['list', 'ended 10 0', 'ADDED a']);
    await run.clock.advance(1000);
    await run.until('ADDED b');
    expect(run.queries()[2]).toMatchObject({ resourceVersion: '11' });
  });

  test('a watch that ends at once again and again backs off, doubling; a line resets that', async () => {
    const end = (response: ServerResponse) => openWatch(response).end();
    const run = await startReflector([
      first,
      end,
      end,
      end,
      (response) => (openWatch(response).line('ADDED', item('a', '11')), void response.end()),
      end,
    ]);
    for (const ms of [1000, 2000, 4000, 1000]) {
      await run.sleeping(ms);
      await run.clock.advance(ms);
    }
    await run.double.requests(7);
    expect(run.seen).toEqual(['list', 'ended 10 0', 'ADDED a']);
  });

  test('a server that is silent beyond the time-out is not there: the watch is opened again', async () => {
    const run = await startReflector([
      first,
      (response) => openWatch(response).line('ADDED', item('a', '11')),
      (response) => openWatch(response).line('ADDED', item('b', '12')),
    ]);
    await run.until('ADDED a');
    await turn();
    expect(run.clock.sleepers()).toEqual([300_000]);
    await run.clock.advance(300_000);
    await run.sleeping(1000);
    expect(run.reflector.state().lastFault).toBe('the server did not end the watch in time');
    await run.clock.advance(1000);
    await run.until('ADDED b');
  });

  test('a version from the future is silent: after a whole watch without a line the server is asked whether it knows it', async () => {
    const future = {
      kind: 'Status',
      message: 'Too large resource version: 10, current: 3',
      details: { causes: [{ reason: 'ResourceVersionTooLarge' }] },
    };
    const watches: ReturnType<typeof openWatch>[] = [];
    const silent = (response: ServerResponse) => void watches.push(openWatch(response));
    const run = await startReflector([
      first,
      silent,
      (response) => sendJson(response, 200, list('12')),
      silent,
      (response) => sendJson(response, 504, future, { 'retry-after': '1' }),
      (response) => sendJson(response, 200, list('3', ['a'])),
    ]);
    for (const requests of [2, 4]) {
      await run.double.requests(requests);
      while (run.reflector.state().phase !== 'open') await turn();
      await run.clock.advance(240_000);
      watches.at(-1)?.end();
      await run.double.requests(requests + 1);
    }
    await run.until('ended 3 1 gap since 11:04:00');
    expect(run.seen).toEqual(['list', 'ended 10 0', 'begins anew', 'list', 'listed a', 'ended 3 1 gap since 11:04:00']);
    expect(run.queries()[2]).toEqual({ limit: '1', resourceVersion: '10', resourceVersionMatch: 'NotOlderThan' });
  });

  test('a watch that is answered with a fault again and again is given up for a list', async () => {
    const malformed = (response: ServerResponse) => sendStatus(response, 500, 'strconv.ParseUint: parsing "x": invalid syntax');
    const run = await startReflector([
      first,
      malformed,
      malformed,
      malformed,
      malformed,
      (response) => sendJson(response, 200, list('11')),
    ]);
    for (const ms of [1000, 2000, 4000, 8000]) {
      await run.sleeping(ms);
      await run.clock.advance(ms);
    }
    await run.until('ended 11 0 gap since 11:00:00');
    expect(run.seen).toEqual(['list', 'ended 10 0', 'list', 'ended 11 0 gap since 11:00:00']);
  });

  test('an object that cannot be handled is logged, does not stop the others, and is listed when the watch ends', async () => {
    const run = await startReflector([
      first,
      (response) => {
        const watch = openWatch(response);
        watch.line('ADDED', item('broken', '11'));
        watch.line('ADDED', item('fine', '12'));
        watch.end();
      },
      (response) => sendJson(response, 200, list('12', ['fine'])),
    ]);
    await run.until('ended 12 1 gap since 11:00:00');
    expect(run.seen).toEqual(['list', 'ended 10 0', 'ADDED broken', 'ADDED fine', 'list', 'listed fine', 'ended 12 1 gap since 11:00:00']);
    expect(run.logger.lines.filter(({ level }) => level === 'error')).toEqual([
      { level: 'error', event: 'object-not-handled', fields: { resource: 'pods', error: 'cannot handle this' } },
    ]);
  });

  test('stopped while it waits, it opens nothing more', async () => {
    const run = await startReflector([first, (response) => openWatch(response).end()]);
    await run.sleeping(1000);
    await run.stop();
    expect(run.double.asked).toHaveLength(2);
    expect(run.clock.sleepers()).toEqual([]);
    expect(run.reflector.state().phase).toBe('stopped');
  });
});

test('a server that is not there is tried again with growing pauses', async () => {
  const run = await startReflector([
    (response) => void response.destroy(),
    (response) => void response.destroy(),
    (response) => sendJson(response, 200, list('10')),
  ]);
  await run.sleeping(1000);
  await run.clock.advance(1000);
  await run.sleeping(2000);
  expect(run.reflector.state().lastFault).toMatch(/^Cannot reach the Kubernetes API at http:\/\/127\.0\.0\.1:\d+: socket hang up\.$/);
  await run.clock.advance(2000);
  await run.until('ended 10 0');
});
