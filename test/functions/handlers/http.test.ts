import { expect, test, vi } from 'vitest';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

/** What an HTTP API sends: payload format 2.0, gzip bodies in base64. */
function httpApiEvent(method: string, path: string, body?: Buffer) {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: { host: 'api.example', 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' },
    isBase64Encoded: body !== undefined,
    body: body?.toString('base64') ?? null,
    requestContext: {
      accountId: 'test',
      apiId: 'test',
      domainName: 'api.example',
      domainPrefix: 'api',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      requestId: 'test',
      routeKey: '$default',
      stage: '$default',
      time: '03/May/2026:14:00:00 +0000',
      timeEpoch: 0,
      authentication: null,
      authorizer: {},
    },
  };
}

test('the same app answers HTTP API events', async () => {
  vi.stubEnv('MORTEM_DATA', await temporaryDirectory());
  vi.stubEnv('MORTEM_LOG_LEVEL', 'silent');
  const { handler } = await import('../../../functions/handlers/http.ts');
  expect(await handler(httpApiEvent('GET', '/healthz'))).toMatchObject({ statusCode: 200, body: 'ok\n' });
  expect(await handler(httpApiEvent('POST', '/v1/observations', Buffer.from([1, 2, 3])))).toMatchObject({ statusCode: 401 });
  expect(await handler(httpApiEvent('GET', '/v1/incidents'))).toMatchObject({ statusCode: 401 });
});
