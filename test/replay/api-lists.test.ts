import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startApiServer, type ApiServer } from '../../replay/api-server.ts';
import { createReplayClock, type ReplayClock } from '../../replay/replay-clock.ts';
import { sentObject } from './watch-client.ts';
import { line, pod, second, smallRecording } from './small-recording.ts';

let clock: ReplayClock;
let server: ApiServer;

beforeEach(async () => {
  const custom = {
    kind: 'Rollout',
    apiVersion: 'argoproj.io/v1alpha1',
    metadata: { name: 'r', namespace: 'shop', resourceVersion: '105' },
  };
  const lines = [
    line(1, 'ADDED', pod('web-2', 101, { labels: { app: 'web' } })),
    line(2, 'ADDED', pod('web-1', 102, { labels: { app: 'web' }, node: 'node-2' })),
    line(3, 'ADDED', pod('db-1', 103, { namespace: 'data' })),
    line(4, 'MODIFIED', pod('web-2', 104, { labels: { app: 'web' } })),
    line(5, 'ADDED', custom, 'rollouts'),
    line(6, 'ADDED', pod('gone', 106)),
    line(7, 'DELETED', pod('gone', 107)),
  ];
  clock = createReplayClock(new Date(second(0)));
  server = await startApiServer({ recordings: [smallRecording(lines)], clock });
  for (const one of lines) server.emit(one);
});

afterEach(() => server.close());

/** A list, an object or a Status. */
const answered = z.looseObject({
  metadata: z.looseObject({ continue: z.string().optional() }).optional(),
  items: z.array(sentObject).optional(),
  message: z.string().optional(),
});

async function get(path: string): Promise<{ status: number; body: z.infer<typeof answered>; headers: Headers }> {
  const response = await fetch(server.url + path);
  return { status: response.status, body: answered.parse(await response.json()), headers: response.headers };
}

const names = (list: z.infer<typeof answered>) =>
  (list.items ?? []).map((item) => `${item.metadata.namespace}/${item.metadata.name}@${item.metadata.resourceVersion}`);

describe('lists', () => {
  test('carry a kind and a version, and items that carry neither kind nor apiVersion', async () => {
    const { status, body } = await get('/api/v1/namespaces/data/pods');
    const { kind: _kind, apiVersion: _apiVersion, ...item } = pod('db-1', 103, { namespace: 'data' });
    expect(status).toBe(200);
    expect(body).toEqual({ kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '107' }, items: [item] });
  });

  test('show what exists now, in the order of namespace and name', async () => {
    expect(names((await get('/api/v1/pods')).body)).toEqual(['data/db-1@103', 'shop/web-1@102', 'shop/web-2@104']);
  });

  test('are empty for a resource that was not recorded, and 404 for one that does not exist', async () => {
    const empty = { metadata: { resourceVersion: '107' }, items: [] };
    expect((await get('/apis/apps/v1/deployments')).body).toEqual({ kind: 'DeploymentList', apiVersion: 'apps/v1', ...empty });
    expect((await get('/apis/batch/v1/namespaces/shop/jobs')).body).toEqual({ kind: 'JobList', apiVersion: 'batch/v1', ...empty });
    expect((await get('/api/v1/nodes')).body).toEqual({ kind: 'NodeList', apiVersion: 'v1', ...empty });
    for (const path of [
      '/api/v1/secrets',
      '/apis/apps/v1/pods',
      '/apis/metrics.k8s.io/v1beta1/pods',
      '/',
      '/api/v1',
      '/api/v1/pods/web-1',
    ]) {
      expect(await get(path)).toMatchObject({
        status: 404,
        body: { kind: 'Status', reason: 'NotFound', code: 404, message: 'the server could not find the requested resource' },
      });
    }
  });

  test('know a recorded custom resource by its objects', async () => {
    expect((await get('/apis/argoproj.io/v1alpha1/rollouts')).body).toMatchObject({
      kind: 'RolloutList',
      items: [{ metadata: { name: 'r' } }],
    });
  });

  test('come in pages of one moment, whatever changes meanwhile', async () => {
    const first = await get('/api/v1/pods?limit=2');
    expect(names(first.body)).toEqual(['data/db-1@103', 'shop/web-1@102']);
    expect(first.body.metadata).toEqual({ resourceVersion: '107', continue: expect.any(String), remainingItemCount: 1 });
    server.emit(line(8, 'ADDED', pod('web-3', 108)));
    const last = await get(`/api/v1/pods?limit=2&continue=${first.body.metadata?.continue}`);
    expect(names(last.body)).toEqual(['shop/web-2@104']);
    expect(last.body.metadata).toEqual({ resourceVersion: '107' });
  });

  test('refuse a bad continue token, one of another list, and one whose moment is forgotten', async () => {
    const token = (await get('/api/v1/pods?limit=1')).body.metadata?.continue;
    expect(await get('/api/v1/pods?limit=1&continue=nonsense')).toMatchObject({ status: 400, body: { code: 400, reason: 'BadRequest' } });
    expect(await get(`/api/v1/namespaces/shop/pods?limit=1&continue=${token}`)).toMatchObject({ status: 400 });
    clock.advanceTo(new Date(second(299)));
    expect((await get(`/api/v1/pods?limit=1&continue=${token}`)).status).toBe(200);
    clock.advanceTo(new Date(second(300)));
    expect(await get(`/api/v1/pods?limit=1&continue=${token}`)).toMatchObject({ status: 410, body: { code: 410, reason: 'Expired' } });
  });

  test('answer for a version of the future, an exact one that is gone, and no version at all', async () => {
    const future = await get('/api/v1/pods?resourceVersion=5000');
    expect(future).toMatchObject({
      status: 504,
      body: { reason: 'Timeout', details: { causes: [{ reason: 'ResourceVersionTooLarge' }] } },
    });
    expect(future.headers.get('retry-after')).toBe('1');
    expect((await get('/api/v1/pods?resourceVersion=102')).status).toBe(200);
    expect((await get('/api/v1/pods?resourceVersion=107&resourceVersionMatch=Exact')).status).toBe(200);
    expect(await get('/api/v1/pods?resourceVersion=102&resourceVersionMatch=Exact')).toMatchObject({
      status: 410,
      body: { reason: 'Expired' },
    });
    expect((await get('/api/v1/pods?resourceVersion=abc')).status).toBe(400);
  });

  test.each([
    ['fieldSelector=spec.nodeName=node-2', ['shop/web-1@102']],
    ['fieldSelector=metadata.name==db-1', ['data/db-1@103']],
    ['fieldSelector=metadata.namespace!=shop', ['data/db-1@103']],
    ['labelSelector=app=web', ['shop/web-1@102', 'shop/web-2@104']],
    ['labelSelector=app!=web', ['data/db-1@103']],
    ['labelSelector=!app', ['data/db-1@103']],
    ['labelSelector=app&fieldSelector=metadata.name=web-1', ['shop/web-1@102']],
  ])('select by %s', async (query, expected) => {
    expect(names((await get(`/api/v1/pods?${query}`)).body)).toEqual(expected);
  });

  test('refuse selectors that are not replayed', async () => {
    expect((await get(`/api/v1/pods?labelSelector=${encodeURIComponent('app in (web)')}`)).status).toBe(400);
    expect((await get('/api/v1/pods?fieldSelector=spec.nodeName')).status).toBe(400);
  });
});

describe('the rest of the API', () => {
  test('gives one object with its kind, or says that there is none', async () => {
    expect((await get('/api/v1/namespaces/data/pods/db-1')).body).toEqual(pod('db-1', 103, { namespace: 'data' }));
    expect(await get('/api/v1/namespaces/shop/pods/gone')).toMatchObject({ status: 404, body: { message: 'pods "gone" not found' } });
    expect((await get('/apis/apps/v1/namespaces/shop/deployments/web')).body.message).toBe('deployments.apps "web" not found');
  });

  test('tells its version and allows everything', async () => {
    expect((await get('/version')).body).toMatchObject({ major: '1', minor: '36' });
    const review = await fetch(`${server.url}/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`, { method: 'POST', body: '{}' });
    expect([review.status, await review.json()]).toMatchObject([201, { kind: 'SelfSubjectAccessReview', status: { allowed: true } }]);
  });

  test('changes nothing', async () => {
    expect((await fetch(`${server.url}/api/v1/namespaces/data/pods/db-1`, { method: 'DELETE' })).status).toBe(405);
    expect((await get('/api/v1/namespaces/data/pods/db-1')).status).toBe(200);
  });
});
