import { createHash, randomBytes } from 'node:crypto';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import type { Clock } from '#core/ports.ts';
import { hour } from '#core/time/instant.ts';
import type { Sessions } from '../usecases/sessions.ts';

/** A working day: who reads pages in the morning need not sign in again in the evening. */
const sessionLifetimeMs = 12 * hour;

const audience = 'mortem-pages';

/**
 * Sessions that live in the reader's cookie alone: the credential in it is encrypted, ends by itself, and is of no use
 * without this server. Every page asks anew what the credential may see, so that a revoked key ends its sessions.
 *
 * @param secret shared by all processes that answer for one address; without it a restart ends all sessions
 */
export function createSealedSessions(clock: Clock, secret?: string): Sessions {
  const key = secret === undefined ? randomBytes(32) : createHash('sha256').update(secret).digest();
  return {
    lifetimeMs: sessionLifetimeMs,
    async seal(credential) {
      const now = clock.now().getTime();
      return new EncryptJWT({ credential })
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .setAudience(audience)
        .setExpirationTime(new Date(now + sessionLifetimeMs))
        .encrypt(key);
    },
    async open(token) {
      try {
        const { payload } = await jwtDecrypt(token, key, { audience, currentDate: clock.now(), keyManagementAlgorithms: ['dir'] });
        return typeof payload['credential'] === 'string' ? payload['credential'] : undefined;
      } catch (error) {
        // Ended, forged, or of a server that was restarted: in each case the reader signs in again.
        if (error instanceof errors.JOSEError) return undefined;
        throw error;
      }
    },
  };
}
