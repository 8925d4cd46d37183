import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalText } from './canonical-text.ts';
import type { Draft } from './observation.ts';

/** SHA-256 of the text's UTF-8, in hex: whoever has a faster one than this folder may, brings it. */
export type HashText = (text: string) => string;

/**
 * The content hash that makes an observation the same one whoever saw it: two collectors, or one before and after
 * a restart, agree. The resourceVersion keeps A → B → A three observations. What depends on the observer (its clock,
 * its name for the cluster, how far it could resolve the owners) is left out.
 *
 * @returns 64 lower-case hex digits of a SHA-256.
 */
export function observationId(draft: Draft, hash: HashText = hashText): string {
  return hash(canonicalText(identity(draft)));
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
      return ['pod', draft.uid, draft.resourceVersion, content];
    }
    case 'workload': {
      const { workload: _, ...content } = draft;
      return ['workload', draft.uid, draft.resourceVersion, content];
    }
    case 'node':
      return ['node', draft.uid, draft.resourceVersion, draft];
    default:
      return draft satisfies never;
  }
}

export function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
