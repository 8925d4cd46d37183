import { hash } from 'node:crypto';
import type { Draft } from '#core/wire/observation.ts';

/**
 * What matters of an object, in 22 characters: its trimmed content without the version, which grows for nothing, and without
 * the owners, which say more about what the collector has read than about the object.
 */
export function contentHash(draft: Extract<Draft, { kind: 'pod' | 'workload' | 'node' }>): string {
  const content = JSON.stringify({ ...draft, resourceVersion: '', workload: undefined });
  return hash('sha256', content, 'base64url').slice(0, 22);
}
