import type { Nodes, RootContent } from 'mdast';
import type { EvidenceId } from '../../evidence/evidence-id.ts';
import type { Block } from '../block.ts';
import { words } from '../inline.ts';
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

/** The same blocks with each evidence link labelled by the shortest form that is unique among the cited, and no address anywhere. */
export function labelEvidence<T extends Block>(blocks: readonly T[], labels: ReadonlyMap<EvidenceId, string>): readonly T[] {
  const relabel = <N extends RootContent>(node: N): N => {
    const digits = node.type === 'link' ? anchor.exec(node.url)?.[1] : undefined;
    if (digits !== undefined) return { ...node, children: [words(labels.get(`EV-${digits}`) ?? `EV-${digits}`)] };
    if (node.type === 'inlineCode') return { ...node, value: withoutAddresses(node.value) };
    // A node keeps its type, so its children keep theirs.
    return 'children' in node ? { ...node, children: (node.children as RootContent[]).map(relabel) } : node;
  };
  return blocks.map(relabel);
}
