import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { serveOperations, type OperationsOptions, type OperationsServer } from '../../../collector/operate/serve-operations.ts';
import { createSilentLogger } from '../support/silent-logger.ts';

const logger = createSilentLogger();
const servers: OperationsServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(options: Partial<OperationsOptions> = {}) {
  const server = await serveOperations({
    host: '127.0.0.1',
    port: 0,
    metrics: { contentType: 'text/plain; version=0.0.4', render: () => Promise.resolve('up 1\n') },
    readiness: () => ({ ready: true }),
    logger,
    ...options,
  });
  servers.push(server);
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`, init);
    return [response.status, response.headers.get('content-type'), await response.text()];
  };
  return { server, ask };
}

const plain = 'text/plain; charset=utf-8';

describe('what is served', () => {
  test('health, readiness, metrics, and nothing else', async () => {
    const { ask } = await serve();
    expect(await ask('/healthz')).toEqual([200, plain, 'ok\n']);
    expect(await ask('/readyz?verbose')).toEqual([200, plain, 'ok\n']);
    expect(await ask('/metrics')).toEqual([200, 'text/plain; version=0.0.4', 'up 1\n']);
    expect(await ask('/debug')).toEqual([404, plain, 'Served here: /metrics, /healthz, /readyz.\n']);
    expect(await ask('/metrics', { method: 'POST', body: 'x' })).toEqual([405, plain, 'Only GET is served here.\n']);
  });

  test('not ready says why, and is healthy all the same', async () => {
    const { ask } = await serve({ readiness: () => ({ ready: false, detail: 'Not listed yet: pods.' }) });
    expect(await ask('/readyz')).toEqual([503, plain, 'Not listed yet: pods.\n']);
    expect((await ask('/healthz'))[0]).toBe(200);
  });

  test('metrics that fail are an answer and a line in the log', async () => {
    const { ask } = await serve({ metrics: { contentType: 'x', render: () => Promise.reject(new Error('broken')) } });
    expect((await ask('/metrics'))[0]).toBe(500);
    expect(logger.lines.at(-1)).toEqual({ level: 'error', event: 'metrics-not-rendered', fields: { error: 'broken' } });
  });
});

test('closing does not wait for a scraper that keeps its connection', async () => {
  const { server } = await serve();
  const socket = connect(server.port, '127.0.0.1');
  await new Promise((resolve) => socket.once('connect', resolve));
  const gone = new Promise((resolve) => socket.once('close', resolve));
  await server.close();
  await gone;
  await expect(fetch(`http://127.0.0.1:${server.port}/healthz`)).rejects.toThrow('fetch failed');
  servers.length = 0;
});

test('a port that is taken is a usage error', async () => {
  const { server } = await serve();
  await expect(serve({ port: server.port })).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining('Choose another with --listen') as string,
  });
});
