import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { eventOfRequest, httpEvent, type Door } from '../../support/lambda/http-event.ts';
import { openHandlers } from '../../support/lambda/open-handlers.ts';
import { pod } from '../../support/build-observations.ts';
import { batchRequest, ndjson, observationsRequest, sha256 } from '../../support/send-batch.ts';

const doors: readonly Door[] = ['HTTP API', 'Function URL'];

describe.each(doors)('%s', (door) => {
  test('a batch is accepted: its blob and its row are there, and the queue is told', async () => {
    const { cloud, handlers } = await openHandlers();
    const body = gzipSync(ndjson([pod(1), pod(2)]));
    const request = batchRequest(await cloud.keyOf('prod'), body);
    const answer = await handlers.http(eventOfRequest(door, '/v1/observations', request));
    expect(answer).toMatchObject({ statusCode: 202, isBase64Encoded: false });
    expect(JSON.parse(answer.body)).toEqual({ batch: sha256(body), accepted: 2, duplicates: 0, rejected: [] });

    const row = await cloud.store.batch(`prod/${sha256(body)}`);
    expect(row).toMatchObject({ status: 'pending', accepted: 2 });
    const stored = gunzipSync(cloud.s3.bodyOf(row!.blobKey)).toString().trim().split('\n');
    expect(stored.map((line) => (JSON.parse(line) as { cluster: string }).cluster)).toEqual(['prod', 'prod']);
    expect(cloud.observations.messages).toHaveLength(1);
  });

  test('health, a page, a query with parameters, and what is refused', async () => {
    const { cloud, handlers } = await openHandlers();
    const authorization = `Bearer ${await cloud.keyOf('prod')}`;
    const get = (path: string, headers = {}, query = '') => handlers.http(httpEvent(door, { path, headers, query }));
    expect(await get('/healthz')).toMatchObject({ statusCode: 200, body: 'ok\n' });
    expect(await get('/readyz')).toMatchObject({ statusCode: 200, body: 'ok\n' });
    expect(await get('/v1/incidents')).toMatchObject({ statusCode: 401 });
    expect(JSON.parse((await get('/v1/incidents', { authorization }, 'limit=5')).body)).toMatchObject({ kind: 'IncidentList', items: [] });
    expect(await get('/v1/incidents', { authorization }, 'limit=none')).toMatchObject({ statusCode: 400 });
    expect((await get('/incidents', { authorization })).headers?.['content-type']).toMatch(/^text\/html/);
  });
});

test('where authorization holds a signature of AWS, the credential comes in a header of its own', async () => {
  const { cloud, handlers } = await openHandlers();
  const key = await cloud.keyOf('prod');
  const signed = { authorization: 'AWS4-HMAC-SHA256 Credential=AKID/20260503/eu-central-1/lambda/aws4_request' };
  const get = (headers: Record<string, string>) => handlers.http(httpEvent('Function URL', { path: '/v1/incidents', headers }));
  expect(await get(signed)).toMatchObject({ statusCode: 401 });
  expect(await get({ ...signed, 'mortem-authorization': `Bearer ${key}` })).toMatchObject({ statusCode: 200 });
});

test('a database that was not migrated: 503, and it says what to do', async () => {
  const { handlers } = await openHandlers({}, { migrated: false });
  const answer = await handlers.http(eventOfRequest('HTTP API', '/v1/observations', observationsRequest('mk_x', [pod(1)])));
  expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '30' } });
  expect(JSON.parse(answer.body)).toMatchObject({ detail: expect.stringContaining('Run "mortem migrate"') as string });
  expect(await handlers.http(httpEvent('HTTP API', { path: '/healthz' }))).toMatchObject({ statusCode: 200 });
  expect(await handlers.migrate()).toMatchObject({ applied: expect.any(Number) as number });
  expect(await handlers.http(httpEvent('HTTP API', { path: '/readyz' }))).toMatchObject({ statusCode: 200 });
});

test('a cluster that sends too fast: 429, and it says when to come again', async () => {
  const { cloud, handlers } = await openHandlers({ MORTEM_RATE_LIMIT: '0.1' });
  const key = await cloud.keyOf('prod');
  const send = () => handlers.http(eventOfRequest('HTTP API', '/v1/observations', observationsRequest(key, [pod(1)])));
  expect(await send()).toMatchObject({ statusCode: 202 });
  const answer = await send();
  expect(answer).toMatchObject({ statusCode: 429, headers: { 'retry-after': expect.stringMatching(/^\d+$/) as string } });
  expect(JSON.parse(answer.body)).toMatchObject({ type: 'urn:mortem:problem:too-many-requests', status: 429 });
  const other = await cloud.keyOf('staging');
  expect(await handlers.http(eventOfRequest('HTTP API', '/v1/observations', observationsRequest(other, [pod(1)])))).toMatchObject({
    statusCode: 202,
  });
});
