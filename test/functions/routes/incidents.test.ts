import { describe, expect, test } from 'vitest';
import { evidenceOf } from '#core/evidence/evidence-id.ts';
import { createApp } from '../../../functions/app.ts';
import { incidentSchema } from '../../../functions/openapi/incident-schema.ts';
import { createKey } from '../../../functions/usecases/create-key.ts';
import { incident, timeline } from '../../support/build-incident.ts';
import { at, pod } from '../../support/build-observations.ts';
import { openApp } from '../../support/open-app.ts';

const crashed = incident();
const other = incident({ id: 'INC-2222222222222222', cluster: 'other', onsetAt: at(20) });

async function open({ openReads = true } = {}) {
  const { deps, save } = await openApp({ openReads });
  const records = [pod(1), pod(2)];
  await save(crashed, [timeline({ markdown: '# Timeline\n\nÄrger\n' })], records);
  await save(other, [], [{ ...pod(3), cluster: 'other' }]);
  const app = createApp(deps);
  const get = async (path: string, key?: string) => {
    const response = await app.request(path, key === undefined ? {} : { headers: { authorization: `Bearer ${key}` } });
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  };
  const ids = async (query: string, key?: string): Promise<unknown> => {
    const { text } = await get(`/v1/incidents${query}`, key);
    const list: { items: { id: string }[] } = JSON.parse(text);
    return list.items.map(({ id }) => id);
  };
  return { deps, get, ids, records };
}

describe('GET /v1/incidents', () => {
  test('lists all, newest onset first', async () => {
    const { get } = await open();
    const { status, type, text } = await get('/v1/incidents');
    expect([status, type]).toEqual([200, 'application/json']);
    expect(JSON.parse(text)).toEqual({ apiVersion: 'mortem.dev/v1', kind: 'IncidentList', items: [other, crashed] });
  });

  test.each([
    ['?cluster=test', [crashed.id]],
    ['?namespace=shop', [other.id, crashed.id]],
    ['?namespace=nowhere', []],
    ['?workload=deploy/api', [other.id, crashed.id]],
    ['?workload=Deployment/api', [other.id, crashed.id]],
    ['?workload=sts/api', []],
    ['?pod=api-7d9f-abcde', [other.id, crashed.id]],
    ['?pod=api', []],
    ['?status=open', [other.id, crashed.id]],
    ['?status=ended', []],
    ['?since=2026-01-01T00:00:00Z', [other.id, crashed.id]],
    ['?symptom=CrashLoopBackOff', [other.id, crashed.id]],
    ['?symptom=Pending', []],
    ['?text=API-7d9f', [other.id, crashed.id]],
    ['?text=nothing%25like', []],
    ['?limit=1', [other.id]],
  ])('%s', async (query, expected) => {
    const { ids } = await open();
    expect(await ids(query)).toEqual(expected);
  });

  test.each([
    ['?limit=0', 'limit'],
    ['?limit=many', 'limit'],
    ['?limit=1001', 'limit'],
    ['?status=closed', 'status'],
    ['?since=yesterday', 'since'],
    ['?namespace=', 'namespace'],
    ['?symptom=Sadness', 'symptom'],
    ['?colour=red', 'colour'],
  ])('%s is refused by name', async (query, parameter) => {
    const { get } = await open();
    const { status, type, text } = await get(`/v1/incidents${query}`);
    expect([status, type]).toEqual([400, 'application/problem+json']);
    expect(JSON.parse(text)).toMatchObject({
      detail: expect.stringContaining(`The query parameter "${parameter}" is not right: `) as string,
    });
  });

  test('page by page, with a cursor; what is the same need not be sent again', async () => {
    const { deps, get } = await open();
    const first = await get('/v1/incidents?limit=1');
    const { next }: { next: string } = JSON.parse(first.text);
    const { text } = await get(`/v1/incidents?limit=1&cursor=${next}`);
    expect(JSON.parse(text)).toEqual({ apiVersion: 'mortem.dev/v1', kind: 'IncidentList', items: [crashed] });
    expect((await get('/v1/incidents?cursor=nonsense')).status).toBe(400);
    const app = createApp(deps);
    const etag = (await app.request('/v1/incidents')).headers.get('etag') ?? '';
    expect((await app.request('/v1/incidents', { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('is described by the schema that the server gives', async () => {
    const { get } = await open();
    const { text } = await get('/v1/incidents');
    const list: { items: unknown[] } = JSON.parse(text);
    expect(list.items.map((item) => incidentSchema.parse(item))).toEqual(list.items);
  });

  test.each(['?workload=api', '?workload=deploy/', '?workload=a/b/c'])('%s is no workload', async (query) => {
    const { get } = await open();
    expect((await get(`/v1/incidents${query}`)).status).toBe(400);
  });
});

describe('GET one incident', () => {
  test.each([crashed.id, 'INC-1111', 'inc-1111111111111111'])('%s', async (id) => {
    const { get } = await open();
    const { status, text } = await get(`/v1/incidents/${id}`);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual(crashed);
  });

  test.each(['INC-9999', "INC-1' or 1=1 --", '%25', '..%2f..%2fetc%2fpasswd'])('%s is not found', async (id) => {
    const { get } = await open();
    const { status, type } = await get(`/v1/incidents/${encodeURIComponent(id)}`);
    expect([status, type]).toEqual([404, 'application/problem+json']);
  });

  test('a prefix of several is a conflict that names them', async () => {
    const { get } = await open();
    const { status, text } = await get('/v1/incidents/INC-');
    expect(status).toBe(409);
    expect(text).toContain('INC- is the start of INC-1111111111111111, INC-2222222222222222. Give more of the id.');
  });

  test('its timeline as Markdown', async () => {
    const { get } = await open();
    expect(await get(`/v1/incidents/${crashed.id}/timeline.md`)).toEqual({
      status: 200,
      type: 'text/markdown; charset=utf-8',
      text: '# Timeline\n\nÄrger\n',
    });
    expect((await get(`/v1/incidents/${other.id}/timeline.md`)).status).toBe(404);
  });
});

describe('GET /v1/evidence', () => {
  test('the record behind an id or a prefix of it', async () => {
    const { get, records } = await open();
    const evidenceId = evidenceOf(records[0]!);
    for (const prefix of [evidenceId, evidenceId.slice(0, 11), evidenceId.slice(3).toUpperCase()]) {
      const { status, text } = await get(`/v1/evidence/${prefix}`);
      expect(status).toBe(200);
      expect(JSON.parse(text)).toEqual({
        apiVersion: 'mortem.dev/v1',
        kind: 'EvidenceList',
        items: [{ evidenceId, observation: records[0] }],
      });
    }
  });

  test.each([
    ['EV-123', 400],
    ['EV-xyz1', 400],
    ['EV-00000000ffffffff0', 400],
    ['EV-0000000000000000', 404],
  ])('%s is %i', async (prefix, status) => {
    const { get } = await open();
    expect((await get(`/v1/evidence/${prefix}`)).status).toBe(status);
  });
});

describe('keys', () => {
  const paths = [
    '/v1/incidents',
    `/v1/incidents/${crashed.id}`,
    `/v1/incidents/${crashed.id}/timeline.md`,
    '/v1/evidence/EV-1234',
    '/incidents',
  ];

  test.each([...paths, `/incidents/${crashed.id}`])('%s needs one', async (path) => {
    const { get } = await open({ openReads: false });
    expect((await get(path)).status).toBe(401);
    expect((await get(path, 'mk_wrong')).status).toBe(401);
  });

  test('a key sees its own cluster, and no other', async () => {
    const { deps, get, ids, records } = await open({ openReads: false });
    const own = await createKey(deps, 'test');
    const foreign = await createKey(deps, 'other');
    expect(await ids('', own)).toEqual([crashed.id]);
    expect(await ids('?cluster=other', own)).toEqual([]);
    expect((await get(`/v1/incidents/${crashed.id}`, own)).status).toBe(200);
    expect((await get(`/v1/incidents/${crashed.id}`, foreign)).status).toBe(404);
    expect((await get(`/v1/incidents/${crashed.id}/timeline.md`, foreign)).status).toBe(404);
    expect((await get(`/v1/evidence/${evidenceOf(records[0]!)}`, own)).status).toBe(200);
    expect((await get(`/v1/evidence/${evidenceOf(records[0]!)}`, foreign)).status).toBe(404);
  });
});
