import type { BuiltIncident } from '../../incident/build-incidents.ts';
import { heading, type Block } from '../block.ts';
import { citedIn, labelEvidence, labelsOf } from '../label-evidence.ts';
import { managed } from '../managed-blocks.ts';
import type { DraftInput, DraftOptions, DraftSection } from './draft-input.ts';
import { chapterFacts } from './facts/chapter-facts.ts';
import { findFactors } from './factors/find-factors.ts';
import { provenance, statusLine, titleBlock } from './header.ts';

import { actionsSection } from './sections/actions-section.ts';
import { adviceSection } from './sections/advice-section.ts';
import { evidenceSection } from './sections/evidence-section.ts';
import { factorsSection } from './sections/factors-section.ts';
import { imagesSection } from './sections/images-section.ts';
import { impactSection } from './sections/impact-section.ts';
import { questionsSection } from './sections/questions-section.ts';
import { recurrenceSection } from './sections/recurrence-section.ts';
import { responseSection } from './sections/response-section.ts';
import { stepsSection } from './sections/steps-section.ts';
import { summarySection } from './sections/summary-section.ts';
import { triggersSection } from './sections/triggers-section.ts';
import { todoList, todoMark } from './todo.ts';

/** A draft as data: what the targets are rendered from. */
export interface Draft {
  readonly input: DraftInput;
  readonly title: Block;
  readonly status: Block;
  readonly sections: readonly DraftSection[];
  /** Questions to people, in all of it. */
  readonly openTodos: number;
}

/** @param inputHash SHA-256 over the observations the incident was made from */
export function buildDraft(built: BuiltIncident, inputHash: string, options: DraftOptions = {}): Draft {
  const input = toInput(built, inputHash, options);
  const factors = findFactors(input);
  const sections: readonly DraftSection[] = [
    { name: 'provenance', generated: provenance(input) },
    summarySection(input),
    impactSection(input),
    stepsSection(input),
    triggersSection(input),
    factorsSection(input, factors),
    adviceSection(input),
    imagesSection(input),
    recurrenceSection(input),
    responseSection(input),
    actionsSection(factors),
    questionsSection(input),
  ];
  const cited = citedIn(sections.flatMap((section) => section.generated));
  const labels = labelsOf(cited);
  const labelled = [...sections, evidenceSection(input, cited, labels)].map((section) => ({
    ...section,
    generated: labelEvidence(section.generated, labels),
  }));
  const openTodos = countTodos(labelled);
  return { input, title: titleBlock(input), status: statusLine(input, openTodos), sections: labelled, openTodos };
}

/** The whole document: its title first. */
export function draftBlocks({ title, status, sections }: Draft): readonly Block[] {
  return [title, status, ...sections.flatMap(sectionBlocks)];
}

/** Heading, generated part, and the questions below it. */
function sectionBlocks({ name, heading: title, generated, prompts = [] }: DraftSection): readonly Block[] {
  return [
    ...(title === undefined ? [] : [heading(2, ...title)]),
    managed(name, generated),
    ...(prompts.length === 0 ? [] : [todoList(prompts)]),
  ];
}

function toInput(built: BuiltIncident, inputHash: string, options: DraftOptions): DraftInput {
  const { group, workload } = built;
  return {
    built,
    inputHash,
    earlier: options.earlier ?? [],
    chapters: chapterFacts(built),
    span: { from: group.onsetAt, to: group.recoveredAt ?? group.endedAt ?? workload.now },
    options,
  };
}

/** Owner and severity of the document, each prompt, and each open cell of a table. */
function countTodos(sections: readonly DraftSection[]): number {
  const inTables = sections
    .flatMap((section) => section.generated)
    .reduce((sum, block) => sum + JSON.stringify(block).split(todoMark).length - 1, 0);
  return 2 + sections.reduce((sum, section) => sum + (section.prompts?.length ?? 0), 0) + inTables;
}
