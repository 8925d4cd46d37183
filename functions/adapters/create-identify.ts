import type { Clock, IncidentStore } from '#core/ports.ts';
import type { TrustedIssuer } from '../trust.ts';
import { keyPrincipal } from '../usecases/key-principal.ts';
import type { Identify, Principal } from '../usecases/principal.ts';

export interface IdentifyDeps {
  readonly store: Pick<IncidentStore, 'apiKey'>;
  readonly clock: Clock;
  readonly trust: readonly TrustedIssuer[];
  /** Keys that live in this process alone. */
  readonly findSessionKey?: (key: string) => Principal | undefined;
}

/** Three parts of base64url with dots between; keys have no dot. */
const tokenPattern = /^[\w-]+\.[\w-]+\.[\w-]*$/;

/** Tokens where issuers are trusted, keys everywhere. */
export function createIdentify({ store, clock, trust, findSessionKey }: IdentifyDeps): Identify {
  let verifier: Promise<Identify> | undefined;
  return async (credential) => {
    if (tokenPattern.test(credential)) return (await (verifier ??= openVerifier(trust, clock)))(credential);
    return findSessionKey?.(credential) ?? keyPrincipal({ store }, credential);
  };
}

/** Loaded when the first token comes: who has only keys need not wait for it. */
async function openVerifier(trust: readonly TrustedIssuer[], clock: Clock): Promise<Identify> {
  const { createTokenVerifier } = await import('./token-verifier.ts');
  return createTokenVerifier(trust, clock);
}
