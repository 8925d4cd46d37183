import { describe, expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { createKey } from '../../../functions/usecases/create-key.ts';
import { pod } from '../../support/build-observations.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { openApp } from '../../support/open-app.ts';
import { observationsRequest } from '../../support/send-batch.ts';
import { createTokenIssuer } from '../../support/token-issuer.ts';

const clock = createManualClock();
const seconds = Math.floor(clock.now().getTime() / 1000);
const prod = await createTokenIssuer('prod', clock);
const staging = await createTokenIssuer('staging', clock);

const record = { ...pod(1), cluster: 'staging' };

async function open() {
  const { deps } = await openApp({ openReads: false, clock, trust: [prod.trusted] });
  const app = createApp(deps);
  return {
    deps,
    send: async (credential: string) => {
      const { status } = await app.request('/v1/observations', observationsRequest(credential, [record]));
      return { status, stored: (await deps.store.pendingBatches(10)).map(({ cluster }) => cluster) };
    },
    get: async (path: string, credential: string) => {
      const response = await app.request(path, { headers: { authorization: `Bearer ${credential}` } });
      return { status: response.status, text: await response.text() };
    },
  };
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('writing', () => {
  test("a token of the cluster is accepted, and the cluster is the token's, not the body's", async () => {
    const { send } = await open();
    expect(await send(await prod.token())).toEqual({ status: 202, stored: ['prod'] });
  });

  test('a wrong key: 401', async () => {
    expect(await (await open()).send(`mk_${'A'.repeat(43)}`)).toEqual({ status: 401, stored: [] });
  });

  test('a revoked key: 401', async () => {
    const { deps, send } = await open();
    const key = await createKey(deps, 'prod');
    for (const { keyHash } of await deps.store.apiKeys()) await deps.store.revokeKey(keyHash, seconds);
    expect(await send(key)).toEqual({ status: 401, stored: [] });
  });

  test('an expired token: 401', async () => {
    expect(await (await open()).send(await prod.token({ exp: seconds - 60 }))).toEqual({ status: 401, stored: [] });
  });

  test('a token for another audience: 401', async () => {
    expect(await (await open()).send(await prod.token({ aud: 'vault' }))).toEqual({ status: 401, stored: [] });
  });

  test('alg: none: 401', async () => {
    const claims = { iss: prod.trusted.issuer, aud: 'mortem', sub: prod.trusted.subjects[0], exp: seconds + 60 };
    expect(await (await open()).send(`${encode({ alg: 'none' })}.${encode(claims)}.`)).toEqual({ status: 401, stored: [] });
  });

  test('a token of another cluster: 401', async () => {
    expect(await (await open()).send(await staging.token())).toEqual({ status: 401, stored: [] });
  });

  test('a token of another ServiceAccount of the cluster: 403', async () => {
    expect(await (await open()).send(await prod.token({ sub: 'system:serviceaccount:shop:default' }))).toEqual({ status: 403, stored: [] });
  });

  test('a key that only reads: 403', async () => {
    const { deps, send } = await open();
    expect(await send(await createKey(deps, 'prod', ['read']))).toEqual({ status: 403, stored: [] });
  });

  test('a batch that is sent again, even with another key: 202, and nothing is counted twice', async () => {
    const { deps, send } = await open();
    await send(await createKey(deps, 'prod'));
    await deps.idle();
    await send(await prod.token());
    await deps.idle();
    expect(await deps.store.observationsOf({ cluster: 'prod', namespace: 'shop', kind: 'Deployment', name: 'api' })).toHaveLength(1);
  });
});

describe('reading', () => {
  test('a key that only writes: 403, with the way out', async () => {
    const { deps, get } = await open();
    expect(await get('/v1/incidents', await createKey(deps, 'prod', ['write']))).toMatchObject({
      status: 403,
      text: expect.stringContaining('mortem keys create --cluster NAME --scope read') as string,
    });
  });

  const traversals = ['..%2f..%2fetc%2fpasswd', '%2e%2e%2f', 'INC-..%5c..', '..%00', '%2fetc%2fpasswd', 'INC-%25'];
  test.each(traversals)('an id that would leave a folder, %s: 404, and nothing of the file system', async (id) => {
    const { deps, get } = await open();
    const key = await createKey(deps, 'prod');
    for (const path of [`/v1/incidents/${id}`, `/v1/incidents/${id}/timeline.md`, `/v1/incidents/${id}/draft.md`, `/incidents/${id}`]) {
      const { status, text } = await get(path, key);
      expect([path, status]).toEqual([path, 404]);
      expect(text).not.toMatch(/root:|node_modules/);
    }
    expect((await get(`/v1/evidence/${id}`, key)).status).toBe(400);
  });

  const injections = ["INC-' OR '1'='1", 'INC-%', 'INC-_', "x'; drop table incidents; --", 'INC-\\', 'INC-" union select 1'];
  test.each(injections)('an id with the signs of SQL, %s: 404, and the tables are there', async (id) => {
    const { deps, get } = await open();
    const key = await createKey(deps, 'prod');
    expect((await get(`/v1/incidents/${encodeURIComponent(id)}`, key)).status).toBe(404);
    for (const name of ['namespace', 'pod', 'cluster']) {
      expect(await get(`/v1/incidents?${name}=${encodeURIComponent(id)}`, key)).toMatchObject({
        status: 200,
        text: expect.stringContaining('"items":[]') as string,
      });
    }
    expect((await get('/v1/incidents', key)).status).toBe(200);
  });
});
