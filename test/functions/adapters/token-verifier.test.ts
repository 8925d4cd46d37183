import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createTokenVerifier } from '../../../functions/adapters/token-verifier.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { collectorSubject, createTokenIssuer, serveKeySet } from '../../support/token-issuer.ts';

const clock = createManualClock();
const prod = await createTokenIssuer('prod', clock);
const staging = await createTokenIssuer('staging', clock);
const identify = createTokenVerifier([prod.trusted, staging.trusted], clock);
const seconds = Math.floor(clock.now().getTime() / 1000);

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
const claims = { iss: prod.trusted.issuer, aud: 'mortem', sub: collectorSubject, exp: seconds + 60 };

test('a token stands for the cluster whose key signed it, also among issuers of one name', async () => {
  expect(await identify(await prod.token())).toEqual({ cluster: 'prod', scopes: ['write'] });
  expect(await identify(await staging.token())).toEqual({ cluster: 'staging', scopes: ['write'] });
});

describe('refused', () => {
  test('a token that has expired, beyond what two clocks may differ', async () => {
    expect(await identify(await prod.token({ exp: seconds - 29 }))).toMatchObject({ cluster: 'prod' });
    await expect(identify(await prod.token({ exp: seconds - 31 }))).rejects.toMatchObject({
      code: 'unauthorized',
      message: 'The token has expired. A collector reads its projected token anew for every request: is the file mounted as one?',
    });
  });

  test('a token that is not valid yet', async () => {
    await expect(identify(await prod.token({ nbf: seconds + 60 }))).rejects.toMatchObject({
      message: 'The token has no valid "nbf" claim.',
    });
  });

  test.each([undefined, 'https://kubernetes.default.svc', ['vault', 'mortem-staging'], ''])('a token for audience %j', async (aud) => {
    await expect(identify(await prod.token({ aud }))).rejects.toMatchObject({ code: 'unauthorized' });
  });

  test('a token without an end', async () => {
    await expect(identify(await prod.token({ exp: undefined }))).rejects.toMatchObject({ message: 'The token has no valid "exp" claim.' });
  });

  test('alg: none, with and without a signature', async () => {
    for (const signature of ['', 'AAAA']) {
      await expect(identify(`${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.${signature}`)).rejects.toMatchObject({
        code: 'unauthorized',
        message: 'The token is signed with an algorithm that is not accepted, or not at all.',
      });
    }
  });

  test('HS256 with the public key as its secret', async () => {
    const text = `${encode({ alg: 'HS256', kid: 'prod' })}.${encode(claims)}`;
    const signature = createHmac('sha256', JSON.stringify(prod.publicKey)).update(text).digest('base64url');
    await expect(identify(`${text}.${signature}`)).rejects.toMatchObject({ code: 'unauthorized' });
  });

  test('claims that were changed after signing', async () => {
    const [header, , signature] = (await prod.token()).split('.');
    await expect(identify(`${header}.${encode({ ...claims, exp: seconds + 9999 })}.${signature}`)).rejects.toMatchObject({
      code: 'unauthorized',
      message: 'The token is not signed by a key of its issuer. Is it a token of another cluster?',
    });
  });

  test('a key of its own in the header', async () => {
    const stranger = await createTokenIssuer('prod', clock);
    await expect(identify(await stranger.token())).rejects.toMatchObject({
      message: 'The token is not signed by a key of its issuer. Is it a token of another cluster?',
    });
  });

  test('an issuer that nobody trusts', async () => {
    const other = await createTokenIssuer('other', clock, 'https://elsewhere.example');
    await expect(identify(await other.token())).rejects.toMatchObject({
      code: 'unauthorized',
      message: 'The token was issued by "https://elsewhere.example", which this server does not trust.',
    });
  });

  test('a subject that is bound to nothing', async () => {
    await expect(identify(await prod.token({ sub: 'system:serviceaccount:shop:default' }))).rejects.toMatchObject({ code: 'forbidden' });
  });

  test.each(['..', 'a.b.c', 'a.b', '{}.{}.{}', 'mk_x.y.z'])('%j', async (token) => {
    await expect(identify(token)).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

describe('keys that the issuer publishes', () => {
  test('are asked for once', async () => {
    const keySet = await serveKeySet([prod.publicKey]);
    const remote = createTokenVerifier([{ ...prod.trusted, jwks: keySet.url }], clock);
    for (let count = 0; count < 5; count += 1) expect(await remote(await prod.token())).toMatchObject({ cluster: 'prod' });
    expect(keySet.asked()).toBe(1);
  });

  test('that cannot be had are no fault of the token: 503, and the next try works', async () => {
    const keySet = await serveKeySet([prod.publicKey]);
    const { answer } = keySet;
    const remote = createTokenVerifier([{ ...prod.trusted, jwks: keySet.url }], clock);
    for (const wrong of [
      { status: 500, body: {} },
      { status: 200, body: 'no key set' },
    ]) {
      keySet.answer = wrong;
      await expect(remote(await prod.token())).rejects.toMatchObject({ code: 'unreachable' });
    }
    keySet.answer = answer;
    expect(await remote(await prod.token())).toMatchObject({ cluster: 'prod' });
  });
});
