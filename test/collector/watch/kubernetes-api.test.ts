import { afterEach, describe, expect, test } from 'vitest';
import { createKubernetesApi } from '../../../collector/watch/kubernetes-api.ts';
import { readRefusal, readText } from '../../../collector/watch/read-body.ts';
import { sendStatus, startApiDouble, type ApiDouble, type Respond } from '../support/api-double.ts';
import { createManualClock, turn } from '../support/manual-clock.ts';

let double: ApiDouble | undefined;
afterEach(() => double?.close());

async function apiThat(respond: Respond) {
  double = await startApiDouble(respond);
  const clock = createManualClock();
  const stop = new AbortController();
  const api = createKubernetesApi({ kubeConfig: double.kubeConfig, clock, userAgent: 'mortem-collector/1' });
  const get = (more: { watch?: boolean; query?: Record<string, string | undefined> } = {}) =>
    api.get({ path: '/api/v1/pods', signal: stop.signal, timeoutMs: 5000, ...more });
  return { api, clock, stop, get };
}

test('sends the credential, its own name and only the parameters that are set', async () => {
  const { get } = await apiThat((_, response) => void response.end('{}'));
  const response = await get({ query: { limit: '50', continue: undefined, fieldSelector: 'spec.nodeName=a&b' } });
  expect([response.status, await readText(response.body, 100)]).toEqual([200, '{}']);
  expect(double?.asked).toMatchObject([
    {
      path: '/api/v1/pods',
      query: { limit: '50', fieldSelector: 'spec.nodeName=a&b' },
      headers: { authorization: 'Bearer opaque', 'user-agent': 'mortem-collector/1', accept: 'application/json' },
    },
  ]);
});

test('a refusal in the words of the API', async () => {
  const { get } = await apiThat((_, response) => sendStatus(response, 429, 'too many requests', { 'retry-after': '3' }));
  expect(await readRefusal(await get())).toEqual({ status: 429, message: 'too many requests', retryAfterMs: 3000 });
});

test('a refusal of a proxy', async () => {
  const { get } = await apiThat((_, response) => void response.writeHead(502).end('Bad Gateway\n'));
  expect(await readRefusal(await get())).toEqual({ status: 502, message: 'Bad Gateway' });
});

describe('an answer that does not come', () => {
  test('not even its head', async () => {
    const { get, clock } = await apiThat(() => undefined);
    const outcome = get().catch((error: unknown) => error);
    await double?.requests(1);
    await clock.advance(5000);
    expect(await outcome).toMatchObject({ code: 'unreachable', message: expect.stringContaining('no answer within 5 s') });
    expect(clock.sleepers()).toEqual([]);
  });

  test('to its end', async () => {
    const { get, clock } = await apiThat((_, response) => void response.writeHead(200).write('{"items":['));
    const { body } = await get();
    const outcome = readText(body, 1000).catch((error: unknown) => error);
    await clock.advance(5000);
    expect(await outcome).toMatchObject({ message: 'aborted' });
  });

  test('a watch is not cut short once its head is there', async () => {
    const { get, clock } = await apiThat((_, response) => void response.writeHead(200).write('{"type":"BOOKMARK"}\n'));
    const { body } = await get({ watch: true });
    expect(clock.sleepers()).toEqual([]);
    await clock.advance(60_000);
    const [chunk] = await body.take(1).toArray();
    expect(String(chunk)).toBe('{"type":"BOOKMARK"}\n');
  });

  test('because the collector stops', async () => {
    const { get, stop, clock } = await apiThat(() => undefined);
    const outcome = get().catch((error: unknown) => error);
    await double?.requests(1);
    stop.abort();
    expect(await outcome).toMatchObject({ code: 'unreachable' });
    expect(clock.sleepers()).toEqual([]);
  });
});

test('a whole answer leaves no sleeper behind', async () => {
  const { get, clock } = await apiThat((_, response) => void response.end('{}'));
  const { body } = await get();
  await readText(body, 100);
  await turn();
  expect(clock.sleepers()).toEqual([]);
});
