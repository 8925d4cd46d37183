import { describe, expect, test } from 'vitest';
import { createApp, type AppDeps } from '../../functions/app.ts';
import { openApp } from '../support/open-app.ts';

async function open(change: (deps: AppDeps) => AppDeps = (deps) => deps) {
  const { deps, logger } = await openApp();
  return { app: createApp(change(deps)), logger };
}

describe('health', () => {
  test('the process lives and can work', async () => {
    const { app } = await open();
    for (const path of ['/healthz', '/readyz']) {
      const response = await app.request(path);
      expect([response.status, await response.text()]).toEqual([200, 'ok\n']);
    }
  });

  test('it lives, but cannot work', async () => {
    const { app } = await open((deps) => ({ ...deps, readiness: async () => ({ ready: false, detail: 'Run "mortem migrate".' }) }));
    expect((await app.request('/healthz')).status).toBe(200);
    const response = await app.request('/readyz');
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      type: 'urn:mortem:problem:not-ready',
      title: 'Service unavailable',
      status: 503,
      detail: 'Run "mortem migrate".',
    });
  });
});

describe('faults', () => {
  test('one that nobody foresaw is logged, and its message stays here', async () => {
    const { app, logger } = await open((deps) => ({
      ...deps,
      store: { ...deps.store, incidentPage: () => Promise.reject(new Error('password=hunter2 refused')) },
    }));
    const response = await app.request('/v1/incidents');
    const requestId = response.headers.get('x-request-id');
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({
      type: 'urn:mortem:problem:internal',
      title: 'Internal server error',
      status: 500,
      detail: `The server failed. Its log names the cause under request id ${requestId}.`,
    });
    expect(logger.entries).toMatchObject([
      {
        level: 'error',
        event: 'request-failed',
        fields: { requestId, method: 'GET', path: '/v1/incidents', reason: expect.stringContaining('hunter2') as string },
      },
    ]);
  });

  test('a path that is not served', async () => {
    const { app } = await open();
    const response = await app.request('/v2/incidents');
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      detail: 'Nothing is served under GET /v2/incidents. Incidents are under /incidents and /v1/incidents.',
    });
  });
});

describe('open reads', () => {
  test.each([
    ['localhost:8080', 200],
    ['127.0.0.1:8080', 200],
    ['[::1]:8080', 200],
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
  ])('asked for as %s: %i', async (host, status) => {
    const { app } = await open();
    expect((await app.request('/v1/incidents', { headers: { host } })).status).toBe(status);
  });
});
