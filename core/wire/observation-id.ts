import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Draft } from './observation.ts';

/**
 * The content hash that makes an observation the same one whoever saw it: two collectors, or one before and after
 * a restart, agree. The resourceVersion keeps A → B → A three observations. What depends on the observer (its clock,
 * its name for the cluster, how far it could resolve the owners) is left out.
 *
 * @param hash SHA-256 of the text's UTF-8, in hex: whoever has a faster one than this folder may, brings it.
 * @returns 64 lower-case hex digits of a SHA-256.
 */
export function observationId(draft: Draft, hash: (text: string) => string = hashText): string {
  return hash(JSON.stringify(identity(draft)));
}

function identity(draft: Draft): unknown[] {
  switch (draft.kind) {
    case 'event':
      return ['event', draft.uid, draft.resourceVersion];
    case 'log':
      return ['log', draft.podUid, draft.container, draft.containerID ?? `attempt ${draft.restartCount}`];
    case 'usage':
      return ['usage', draft.podUid, draft.container, draft.containerID];
    case 'coverage':
      return ['coverage', draft.collector, draft.note, draft.to, draft.resource ?? '', draft.namespace ?? ''];
    case 'pod': {
      const { workload: _, ...content } = draft;
      return ['pod', draft.uid, draft.resourceVersion, sortKeys(content)];
    }
    case 'workload': {
      const { workload: _, ...content } = draft;
      return ['workload', draft.uid, draft.resourceVersion, sortKeys(content)];
    }
    case 'node':
      return ['node', draft.uid, draft.resourceVersion, sortKeys(draft)];
    default:
      return draft satisfies never;
  }
}

/** Key order carries no meaning in JSON, so it must not reach the hash; neither must keys set to undefined. */
export function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  return isRecord(value) ? sortRecord(value) : value;
}

function sortRecord(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const sorted: Record<string, unknown> = {};
  for (const key of Object.keys(fields).toSorted()) {
    const field = fields[key];
    if (field !== undefined && field !== null) define(sorted, key, typeof field === 'object' ? sortKeys(field) : field);
  }
  return sorted;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** A plain assignment to `__proto__` would set the prototype. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}

export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
