import { createLocalJWKSet, createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import { MortemError } from '#core/errors.ts';
import type { Clock } from '#core/ports.ts';
import type { TrustedIssuer } from '../trust.ts';
import type { Identify, Principal } from '../usecases/principal.ts';
import { describeTokenFault } from './describe-token-fault.ts';

/** What API servers sign with. */
const algorithms = ['RS256', 'ES256', 'ES384', 'ES512'];
/** The clocks of two machines. */
const toleranceSeconds = 30;
const keySetTimeoutMs = 3_000;

interface Verifier extends TrustedIssuer {
  readonly keys: JWTVerifyGetKey;
}

/**
 * Believes ServiceAccount tokens of the trusted issuers. Issuers may share a name, as clusters do that were never given one of
 * their own: then the keys tell them apart.
 */
export function createTokenVerifier(trusted: readonly TrustedIssuer[], clock: Clock): Identify {
  const verifiers = trusted.map((entry): Verifier => ({ ...entry, keys: keysOf(entry) }));
  return async (token) => {
    const issuer = issuerOf(token);
    const candidates = verifiers.filter((verifier) => verifier.issuer === issuer);
    if (candidates.length === 0) {
      throw new MortemError(
        'unauthorized',
        `The token was issued by ${JSON.stringify(issuer.slice(0, 200))}, which this server does not trust.`,
      );
    }
    let fault: unknown;
    for (const verifier of candidates) {
      try {
        return await verify(token, verifier, clock);
      } catch (error) {
        // What an issuer says whose key it is weighs more than that it is not the key of another.
        if (fault === undefined || !isForeignKey(error)) fault = error;
      }
    }
    throw describeTokenFault(fault);
  };
}

async function verify(token: string, { keys, issuer, audience, subjects, cluster, scopes }: Verifier, clock: Clock): Promise<Principal> {
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience,
    algorithms,
    clockTolerance: toleranceSeconds,
    currentDate: clock.now(),
    requiredClaims: ['exp', 'sub'],
  });
  if (payload.sub !== undefined && subjects.includes(payload.sub)) return { cluster, scopes };
  throw new MortemError(
    'forbidden',
    `The token is valid, and its subject ${JSON.stringify(payload.sub?.slice(0, 200))} stands for nothing here. Add it to the trusted issuers of cluster ${cluster}.`,
  );
}

function keysOf({ jwks }: TrustedIssuer): JWTVerifyGetKey {
  return typeof jwks === 'string' ? createRemoteJWKSet(new URL(jwks), { timeoutDuration: keySetTimeoutMs }) : createLocalJWKSet(jwks);
}

/** Not believed yet: it only says whose keys to try. */
function issuerOf(token: string): string {
  let claims: JWTPayload;
  try {
    claims = decodeJwt(token);
  } catch (cause) {
    throw new MortemError('unauthorized', 'The token cannot be read. Send the content of the token file, unchanged.', { cause });
  }
  return typeof claims.iss === 'string' ? claims.iss : '';
}

function isForeignKey(error: unknown): boolean {
  return error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey;
}
