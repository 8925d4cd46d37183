import { findManagedBlocks } from '../managed-blocks.ts';
import { carryEvidence } from './carry-evidence.ts';

/** What became of each generated part. */
export interface UpdateReport {
  /** New content where nobody had changed the old one. */
  readonly replaced: readonly string[];
  readonly unchanged: readonly string[];
  /** Changed by hand: kept as they are. */
  readonly edited: readonly string[];
  /** In the fresh document and not in the edited one: taken out by hand, or new; not put in. */
  readonly missing: readonly string[];
  /** In the edited document only: nothing fresh to put there. */
  readonly obsolete: readonly string[];
  /** Without a partner mark, or there twice: left alone. */
  readonly broken: readonly string[];
}

/**
 * Brings the generated parts of an edited document up to date. Only parts whose content still has its own hash are replaced;
 * every other byte stays, whatever line ends the file has.
 *
 * @param fresh the same document as it would be generated now
 */
export function updateDocument(edited: string, fresh: string): { readonly text: string; readonly report: UpdateReport } {
  const old = findManagedBlocks(edited);
  const current = new Map(findManagedBlocks(fresh).blocks.map((block) => [block.name, block]));
  const known = new Set([...old.blocks, ...old.broken].map((block) => block.name));
  const replaced: string[] = [];
  const unchanged: string[] = [];
  let text = '';
  let at = 0;
  for (const block of old.blocks) {
    const next = current.get(block.name);
    if (block.edited || next === undefined) continue;
    if (next.sha === block.sha) {
      unchanged.push(block.name);
      continue;
    }
    const now = fresh.slice(next.from, next.to);
    text += edited.slice(at, block.from) + (edited.slice(block.from, block.to).includes('\r\n') ? now.replaceAll('\n', '\r\n') : now);
    at = block.to;
    replaced.push(block.name);
  }
  return {
    text: replaced.includes('evidence') ? carryEvidence(text + edited.slice(at), edited) : text + edited.slice(at),
    report: {
      replaced,
      unchanged,
      edited: old.blocks.filter((block) => block.edited).map((block) => block.name),
      missing: [...current.keys()].filter((name) => !known.has(name)),
      obsolete: old.blocks.filter((block) => !current.has(block.name)).map((block) => block.name),
      broken: [...new Set(old.broken.map((block) => block.name))],
    },
  };
}
