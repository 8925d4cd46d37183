import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { onTestFinished } from 'vitest';
import type { Clock } from '#core/ports.ts';
import type { TrustedIssuer } from '../../functions/trust.ts';

export const collectorSubject = 'system:serviceaccount:mortem:mortem-collector';

export interface TokenIssuer {
  readonly publicKey: JWK;
  /** As a trusted issuer of the cluster, with its keys pinned. */
  readonly trusted: TrustedIssuer & { readonly jwks: { readonly keys: JWK[] } };
  /** A projected ServiceAccount token as the API server signs it, for an hour; `claims` replace its own. */
  readonly token: (claims?: Readonly<Record<string, unknown>>) => Promise<string>;
}

/** The API server of a cluster, as far as it signs tokens. */
export async function createTokenIssuer(cluster: string, clock: Clock, issuer = 'https://kubernetes.default.svc'): Promise<TokenIssuer> {
  const { publicKey: key, privateKey } = await generateKeyPair('RS256');
  const publicKey = { ...(await exportJWK(key)), kid: cluster, alg: 'RS256', kty: 'RSA' };
  return {
    publicKey,
    trusted: { cluster, issuer, audience: 'mortem', jwks: { keys: [publicKey] }, subjects: [collectorSubject], scopes: ['write'] },
    token(claims = {}) {
      const now = Math.floor(clock.now().getTime() / 1000);
      const own = { iss: issuer, aud: ['mortem'], sub: collectorSubject, iat: now, exp: now + 3600 };
      return new SignJWT({ ...own, ...claims }).setProtectedHeader({ alg: 'RS256', kid: cluster }).sign(privateKey);
    },
  };
}

export interface KeySetServer {
  readonly url: string;
  /** How often it was asked. */
  readonly asked: () => number;
  answer: { status: number; body: unknown };
}

/** Publishes a key set as an issuer does. */
export async function serveKeySet(keys: readonly JWK[]): Promise<KeySetServer> {
  let asked = 0;
  const state = { answer: { status: 200, body: { keys } as unknown } };
  const server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(state.answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(state.answer.body));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, { url: `http://127.0.0.1:${port}/openid/v1/jwks`, asked: () => asked });
}
