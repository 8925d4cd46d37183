import type { Nodes, RootContent } from 'mdast';
import type { EvidenceId } from '../evidence/evidence-id.ts';
import type { Block } from './block.ts';
import { words } from './inline.ts';
import { withoutAddresses } from './without-addresses.ts';

const anchor = /^#ev-([0-9a-f]{16})$/;

/** The records that links in these blocks lead to, in order of first mention. */
export function citedIn(blocks: readonly Block[]): readonly EvidenceId[] {
  const found = new Set<EvidenceId>();
  const visit = (node: Nodes) => {
    const digits = node.type === 'link' ? anchor.exec(node.url)?.[1] : undefined;
    if (digits !== undefined) found.add(`EV-${digits}`);
    if ('children' in node) node.children.forEach(visit);
  };
  blocks.forEach(visit);
  return [...found];
}

/** Shortest labels, at least 8 hex digits, that tell the given ids apart. */
export function labelsOf(ids: Iterable<EvidenceId>): ReadonlyMap<EvidenceId, string> {
  const all = [...new Set(ids)];
  for (let digits = 8; digits <= 16; digits += 1) {
    const length = 'EV-'.length + digits;
    if (new Set(all.map((id) => id.slice(0, length))).size === all.length) return new Map(all.map((id) => [id, id.slice(0, length)]));
  }
  return new Map(all.map((id) => [id, id]));
}

/** The same blocks with each evidence link labelled by the shortest form that is unique among the cited, and no address anywhere. */
export function labelEvidence<T extends Block>(blocks: readonly T[], labels: ReadonlyMap<EvidenceId, string>): readonly T[] {
  const relabel = <N extends RootContent>(node: N): N => {
    const digits = node.type === 'link' ? anchor.exec(node.url)?.[1] : undefined;
    if (digits !== undefined) return { ...node, children: [words(labels.get(`EV-${digits}`) ?? `EV-${digits}`)] };
    if (node.type === 'inlineCode') {
      const value = withoutAddresses(node.value);
      return value === node.value ? node : { ...node, value };
    }
    // A node keeps its type, so its children keep theirs.
    return 'children' in node ? { ...node, children: (node.children as RootContent[]).map(relabel) } : node;
  };
  return blocks.map(relabel);
}
