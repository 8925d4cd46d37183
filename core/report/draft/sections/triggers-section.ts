import { paragraph, table, type Block, type Cell } from '../../block.ts';
import { join, words, type Inline } from '../../inline.ts';
import type { DraftInput, DraftSection } from '../draft-input.ts';
import { absent, told } from '../phrases.ts';
import type { Candidate } from '../triggers/candidate.ts';
import { demandCandidates } from '../triggers/demand-candidates.ts';
import { nodeCandidates } from '../triggers/node-candidates.ts';
import { rolloutCandidates } from '../triggers/rollout-candidates.ts';

const maxCandidates = 6;

/** What came before, with what speaks for it and against it. Having come before is all that is said of it. */
export function triggersSection(input: DraftInput): DraftSection {
  const found = [...rolloutCandidates(input), ...nodeCandidates(input), ...demandCandidates(input)].slice(0, maxCandidates);
  return {
    name: 'triggers',
    heading: [words('Trigger candidates')],
    generated: found.length === 0 ? none() : candidates(found),
    prompts: ['Confirm, reject or replace each candidate, and cite the evidence. How did the system get there, in your own words?'],
  };
}

function none(): readonly Block[] {
  return [paragraph(absent('No change of the workload, of its replicas or of its nodes was recorded shortly before the onset.'))];
}

function candidates(found: readonly Candidate[]): readonly Block[] {
  const header = ['#', 'Candidate', 'Distance', 'Basis', 'Supports', 'Contradicts', 'Missing'];
  return [table(header, found.map(toRow))];
}

function toRow(candidate: Candidate, index: number): readonly Cell[] {
  return [
    [words(`H${index + 1}`)],
    candidate.what,
    [words(candidate.distance)],
    [words(`${candidate.basis} (`), told(candidate.rule), words(')')],
    listed(candidate.supports),
    listed(candidate.contradicts),
    [words(candidate.missing.join('; '))],
  ];
}

function listed(items: readonly (readonly Inline[])[]): Cell {
  return items.length === 0 ? [absent('none found')] : join(items, '; ');
}
