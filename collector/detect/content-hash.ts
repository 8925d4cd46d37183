import { hash } from 'node:crypto';
import { canonicalText, rememberText } from '#core/wire/canonical-text.ts';
import type { Draft } from '#core/wire/observation.ts';

/**
 * What matters of an object, in 22 characters: its trimmed content without the version, which grows for nothing, and without
 * the owners, which say more about what the collector has read than about the object.
 */
export function contentHash(draft: Extract<Draft, { kind: 'pod' | 'workload' | 'node' }>): string {
  // Most of a pod; the id of the same state is made of it again.
  if (draft.kind === 'pod') rememberText(draft.containers);
  const content = canonicalText({ ...draft, resourceVersion: '', workload: undefined });
  return hash('sha256', content, 'base64url').slice(0, 22);
}
