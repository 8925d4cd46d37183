import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { answerSchemas } from '../../../functions/openapi/schemas.ts';
import type { RunningServer } from '../../../functions/serve.ts';
import { createKey } from '../../../functions/usecases/create-key.ts';
import { pod } from '../../support/build-observations.ts';
import { replayInto, startTestServer } from '../../support/replayed.ts';

const name = 's24-seed-story';
let server: RunningServer;

beforeAll(async () => {
  server = await startTestServer();
  await replayInto(server, name);
});

afterAll(() => server.close());

const answers = [
  ['Trend', '/v1/trends/oomkilled?since=90d'],
  ['Trend', '/v1/trends/restarts?by=node&bucket=1w'],
  ['RollbackAudit', '/v1/audit/rollbacks?image=platform/api'],
  ['RollbackAudit', '/v1/audit/rollbacks?workload=deploy/payments-api&namespace=s24-seed-story'],
  ['TerminationList', '/v1/terminations?of=memory&limit=2'],
  ['RolloutList', '/v1/rollouts?kind=rollback'],
  ['ImageList', '/v1/images?at=2026-11-22T11:07:00Z'],
  ['ImageList', '/v1/images?at=2026-11-22T12:07%2B01:00'],
  ['AnnotationList', '/v1/annotations?from=1795345400000&to=1795345700000'],
] as const;

test.each(answers)('%s of %s is what its schema says, and is not empty', async (kind, path) => {
  const response = await fetch(`${server.url}${path}`);
  expect(response.status).toBe(200);
  const body: unknown = await response.json();
  expect(answerSchemas[kind].parse(body)).toEqual(body);
  expect(JSON.stringify(body)).toContain(name);
});

test('records and stored documents are what their schemas say', async () => {
  const { id, chapters } = (await server.deps.store.incidents({ cluster: name }))[0]!;
  for (const [kind, path] of [
    ['EvidenceList', `/v1/evidence/${chapters[0]?.evidence[0]}`],
    ['DocumentVersionList', `/v1/incidents/${id}/draft/versions`],
  ] as const) {
    const body: unknown = await (await fetch(`${server.url}${path}`)).json();
    expect(answerSchemas[kind].parse(body)).toEqual(body);
    expect(JSON.stringify(body)).toContain(id);
  }
});

describe('annotations, as Grafana draws them', () => {
  interface Annotation {
    readonly time: number;
    readonly timeEnd?: number;
    readonly title: string;
    readonly tags: readonly string[];
  }
  const ask = async (query: string): Promise<readonly Annotation[]> =>
    answerSchemas.AnnotationList.parse(await (await fetch(`${server.url}/v1/annotations?${query}`)).json());
  const incidents = async (query: string) => (await ask(query)).filter(({ tags }) => tags.includes('incident'));
  const onset = Date.parse('2026-11-22T11:04:44Z');
  const recovered = Date.parse('2026-11-22T11:07:36Z');

  test('rollouts are lines, incidents are regions', async () => {
    const all = await ask(`from=${onset - 60_000}&to=${recovered + 60_000}`);
    expect(all.map(({ time, timeEnd, title }) => [time >= onset - 1000, timeEnd === undefined, title])).toEqual([
      [true, true, `rollout of ${name}/deploy/payments-api`],
      [true, false, `ImagePullBackOff, CreateContainerConfigError, OOMKilled of ${name}/deploy/payments-api`],
      [true, true, `rollout of ${name}/deploy/payments-api`],
      [true, true, `rollout of ${name}/deploy/payments-api`],
      [true, true, `rollback of ${name}/deploy/payments-api`],
    ]);
    expect(Math.floor((all[1]?.timeEnd ?? 0) / 1000) * 1000).toBe(recovered);
    expect(all[1]?.tags).toEqual(expect.arrayContaining(['mortem', 'incident', 'recovered', 'OOMKilled', `cluster:${name}`]));
  });

  test('a region that only touches the span is drawn, one beyond it is not', async () => {
    expect(await incidents(`from=${onset + 60_000}&to=${onset + 61_000}`)).toHaveLength(1);
    expect(await incidents(`from=${onset - 60_000}&to=${onset}`)).toEqual([]);
    expect(await incidents(`from=${recovered + 60_000}&to=${recovered + 90_000}`)).toEqual([]);
  });

  test('what began later takes no place of an older span', async () => {
    const { cluster, namespace, workload, ...rest } = (await server.deps.store.incidents({ cluster: name }))[0]!;
    const { touched } = await server.deps.store.indexObservations('later', [pod(1)]);
    const later = {
      ...rest,
      id: 'INC-ffffffffffffffff' as const,
      cluster: 'later',
      namespace: 'shop',
      workload: { kind: 'Deployment', name: 'api' },
    };
    const open = { ...later, status: 'open' as const, settled: false, onsetAt: '2026-11-22T11:07:50Z' };
    const { recoveredAt: _, ...lasting } = open;
    expect(
      await server.deps.store.saveIncidents(touched[0]!, [{ incident: lasting, documents: [] }], Date.parse('2026-11-22T12:00:00Z')),
    ).toBe('saved');
    expect((await incidents(`to=${recovered}&limit=1`)).map(({ title }) => title.split(' of ')[1])).toEqual([
      `${namespace}/deploy/${workload.name}`,
    ]);
    expect(cluster).toBe(name);
    const [region] = await incidents('cluster=later');
    expect(region?.timeEnd).toBeGreaterThanOrEqual(region?.time ?? Infinity);
  });
});

test('a cursor leads to the next page, and the last page has none', async () => {
  const ask = async (cursor: string) => {
    const response = await fetch(`${server.url}/v1/terminations?of=oomkilled&limit=2${cursor}`);
    return answerSchemas.TerminationList.parse(await response.json());
  };
  const first = await ask('');
  const second = await ask(`&cursor=${first.next}`);
  expect(new Set([...first.items, ...second.items].map(({ containerID }) => containerID)).size).toBe(4);
  expect(second.next).toBeUndefined();
});

test('an answer that the caller has is not sent again', async () => {
  const app = createApp(server.deps);
  const first = await app.request('/v1/audit/rollbacks?image=platform/api');
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[0-9a-f]{40}"$/);
  expect(first.headers.get('cache-control')).toBe('private, no-cache');
  const again = await app.request('/v1/audit/rollbacks?image=platform/api', { headers: { 'if-none-match': etag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test('an answer is compressed for who can take it', async () => {
  const app = createApp(server.deps);
  const plain = await (await app.request('/v1/rollouts')).text();
  const packed = await app.request('/v1/rollouts', { headers: { 'accept-encoding': 'gzip' } });
  expect(packed.headers.get('content-encoding')).toBe('gzip');
  expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString('utf8')).toBe(plain);
});

describe('what is asked wrongly is a problem with the way out', () => {
  test.each([
    ['/v1/trends/oom', 404, 'There is no trend of "oom". There are oomkilled, memory, restarts, image-pull, pending.'],
    ['/v1/trends/oomkilled?bucket=2d', 400, 'The query parameter "bucket" is not right: it is one of 1h, 1d, 1w.'],
    [
      '/v1/trends/oomkilled?since=yesterday',
      400,
      'The query parameter "since" is not right: it is a length like 90d, or a time like 2026-05-03T14:00:00Z.',
    ],
    [
      '/v1/trends/oomkilled?bucket=1h&since=90d',
      400,
      'Hours are counted over at most 31 days. Take a shorter span, or buckets of 1d or 1w.',
    ],
    ['/v1/trends/oomkilled?bucket=1d&since=1970-01-02T00:00:00Z', 400, /^That is \d+ buckets, more than 1000\. /],
    ['/v1/trends/oomkilled?limit=0', 400, 'The query parameter "limit" is not right: it is 1 to 100.'],
    [
      '/v1/terminations?colour=red',
      400,
      'The query parameter "colour" is not right: it is not known here; /openapi.json lists those that are.',
    ],
    ['/v1/terminations?cursor=abc', 400, 'The cursor is not one that this list gave. Ask for the first page again, without a cursor.'],
    ['/v1/audit/rollbacks?image=%20', 400, /^" " is no image\. Use REPO, REPO:TAG, /],
    ['/v1/audit/rollbacks?workload=api', 400, 'A workload is written as kind and name with a slash between, for example deploy/api.'],
    ['/schemas/Nothing.json', 404, /^There is no schema "Nothing"\. There are IncidentList, /],
  ])('%s', async (path, status, detail) => {
    const response = await fetch(`${server.url}${path}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
    const problem = answerSchemas.Problem.parse(await response.json());
    expect(problem.detail).toMatch(detail);
  });
});

test('without a key nothing is told where a key is needed, and a key tells of its own cluster only', async () => {
  const app = createApp({ ...server.deps, openReads: false });
  const other = await createKey(server.deps, 'another');
  for (const [, path] of answers) {
    expect((await app.request(path)).status).toBe(401);
    const response = await app.request(path, { headers: { authorization: `Bearer ${other}` } });
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain(name);
  }
});
