import { afterEach, describe, expect, test } from 'vitest';
import { startApiServer, type ApiServer } from '../../replay/api-server.ts';
import type { Fault, FaultRequest } from '../../replay/fault.ts';
import { createReplayClock } from '../../replay/replay-clock.ts';
import { line, pod, second, smallRecording } from './small-recording.ts';
import { brief, openWatchClient } from './watch-client.ts';

let server: ApiServer;

afterEach(() => server.close());

/** A server with one pod whose n-th request meets the n-th fault. */
async function serveWith(...faults: readonly (Fault | undefined)[]): Promise<readonly FaultRequest[]> {
  const asked: FaultRequest[] = [];
  const fault = (request: FaultRequest) => faults[asked.push(request) - 1];
  server = await startApiServer({ recordings: [smallRecording([])], clock: createReplayClock(new Date(second(0))), fault });
  server.emit(line(1, 'ADDED', pod('web', 101)));
  return asked;
}

const list = () => fetch(`${server.url}/api/v1/pods?limit=5`);

describe('faults', () => {
  test('another answer, once', async () => {
    const asked = await serveWith({ status: 429, body: '{"code":429}', headers: { 'retry-after': '2' } });
    const refused = await list();
    expect([refused.status, refused.headers.get('retry-after'), await refused.text()]).toEqual([429, '2', '{"code":429}']);
    expect((await list()).status).toBe(200);
    expect(asked.map(({ method, path, query }) => `${method} ${path} ${query.toString()}`)).toEqual([
      'GET /api/v1/pods limit=5',
      'GET /api/v1/pods limit=5',
    ]);
  });

  test('a broken connection, before the answer and in the middle of it', async () => {
    await serveWith('destroy', { cutAfterBytes: 20 });
    await expect(list()).rejects.toThrow('fetch failed');
    const cut = await list();
    expect(cut.status).toBe(200);
    await expect(cut.text()).rejects.toThrow('terminated');
  });

  test('no answer at all', async () => {
    await serveWith('hang');
    const stop = new AbortController();
    const hanging = fetch(`${server.url}/api/v1/pods`, { signal: stop.signal });
    expect((await list()).status).toBe(200);
    stop.abort();
    await expect(hanging).rejects.toThrow('aborted');
  });

  test('a watch cut in the middle of a line: the line does not count as sent', async () => {
    const whole = `${JSON.stringify({ type: 'ADDED', object: pod('web', 101) })}\n`;
    await serveWith({ cutAfterBytes: whole.length + 10 });
    const watch = await openWatchClient(`${server.url}/api/v1/pods?watch=1&resourceVersion=100`);
    expect(brief(await watch.next())).toBe('ADDED web@101');
    server.emit(line(2, 'MODIFIED', pod('web', 102)));
    expect(await watch.rest()).toEqual([{ partial: '{"type":"M' }, 'broken']);
    expect([...server.sent()]).toEqual([['pods', '101']]);
    expect(server.reaction.isPending()).toBe(true);

    const next = await openWatchClient(`${server.url}/api/v1/pods?watch=1&resourceVersion=101`);
    expect(brief(await next.next())).toBe('MODIFIED web@102');
    expect([...server.sent()]).toEqual([['pods', '102']]);
    expect(server.reaction.isPending()).toBe(false);
    next.close();
  });
});
