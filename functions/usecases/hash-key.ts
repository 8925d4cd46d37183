import { createHash } from 'node:crypto';

/** How a key is stored and looked up. It has 256 random bits, so a plain SHA-256 cannot be turned back. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
