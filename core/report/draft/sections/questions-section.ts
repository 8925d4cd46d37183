import type { Gap } from '../../../incident/incident.ts';
import { isUnexplained } from '../../../incident/unexplained.ts';
import { clock } from '../../timeline/document.ts';
import { bullets, paragraph } from '../../block.ts';
import { words, type Inline } from '../../inline.ts';
import type { ChapterFacts, DraftInput, DraftSection } from '../draft-input.ts';
import { neededThing } from '../facts/needed-thing.ts';
import { revisionChange } from '../facts/revision-change.ts';
import { absent, told } from '../phrases.ts';

const maxQuestions = 8;

/** Every gap in the records as a question, and what the records raise without answering. */
export function questionsSection(input: DraftInput): DraftSection {
  const all = [...gapQuestions(input), ...chapterQuestions(input), ...endQuestions(input)];
  const left = all.length - maxQuestions;
  return {
    name: 'questions',
    heading: [words('Open questions')],
    generated: [
      all.length === 0
        ? paragraph(absent('The records raise none of their own.'))
        : bullets([...all.slice(0, maxQuestions), ...(left > 0 ? [[absent(`${left} more: see the gaps in the timeline.`)]] : [])]),
    ],
    ...(all.length === 0 ? {} : { prompts: ['Answer or strike each.'] }),
  };
}

function gapQuestions({ built, span }: DraftInput): readonly (readonly Inline[])[] {
  const kinds = Map.groupBy(built.incident.coverage.gaps, (gap) => gap.kind);
  return [...kinds].map(([kind, gaps]) => questionOf(kind, gaps, span.from));
}

function questionOf(kind: string, gaps: readonly Gap[], onset: number): readonly Inline[] {
  const [first] = gaps;
  const more = gaps.length > 1 ? ` (${gaps.length} gaps of this kind, the first:` : ' (';
  const when =
    first?.from === undefined || first.to === undefined
      ? ''
      : ` from ${clock(Date.parse(first.from), onset)} to ${clock(Date.parse(first.to), onset)}`;
  return [
    words(`${asked[kind] ?? 'What was not seen here?'}${more}${more.endsWith('(') ? '' : ' '}`),
    told(first?.text ?? kind, 200),
    words(`${when})`),
  ];
}

const asked: Readonly<Record<string, string>> = {
  'terminations-missed': 'How did the ends come about that no record shows?',
  'log-missing': 'What did the process print before it ended?',
  'log-skipped': 'What did the process print, whose log was not fetched?',
  'watch-gap': 'What happened while the watch was interrupted?',
  forbidden: 'Is it meant that the collector may not read this?',
  'events-suppressed': 'Which events did the kubelet hold back?',
  'spool-dropped': 'What was in the records that the collector had to drop?',
  backfilled: 'What happened before the collector looked?',
};

function chapterQuestions(input: DraftInput): readonly (readonly Inline[])[] {
  return input.chapters.flatMap((facts) => {
    const needed = neededThing(facts);
    return [
      ...causeQuestion(input, facts),
      ...symptomQuestion(input, facts),
      ...(needed === undefined ? changeQuestion(input, facts) : [needed.question]),
    ];
  });
}

function causeQuestion({ built, chapters }: DraftInput, facts: ChapterFacts): readonly (readonly Inline[])[] {
  const { chapter } = facts.built;
  if (!isUnexplained(chapter.cause)) return [];
  const known = facts.lastLog === undefined ? 'No record shows it' : 'The records show only how its log ends (step 4)';
  return [
    [
      words('What made '),
      told(chapter.container ?? built.incident.workload.name),
      words(' fail as '),
      told(chapter.symptom),
      words(`? ${known}${chapterNote(chapters, facts)}.`),
    ],
  ];
}

/** What the records of some failure classes always leave open. */
function symptomQuestion({ built, chapters }: DraftInput, facts: ChapterFacts): readonly (readonly Inline[])[] {
  const { symptom, container = '' } = facts.built.chapter;
  const note = chapterNote(chapters, facts);
  switch (symptom) {
    case 'OOMKilled':
      if (built.workload.usage.length > 0) return [];
      return [[words('How much memory did '), told(container), words(` use before each kill? No usage was recorded${note}.`)]];
    case 'DeadlineExceeded':
      return [[words(`How long does a whole run take, and how far had this one come${note}?`)]];
    case 'NodeLost':
      return [[words(`What happened to the node${note}? Nothing is on record of it but what its pods show.`)]];
    case 'ReadinessProbeFailed':
      return [[words('What does the readiness check of '), told(container), words(` wait for${note}?`)]];
    default:
      return [];
  }
}

function changeQuestion({ built }: DraftInput, { rollout }: ChapterFacts): readonly (readonly Inline[])[] {
  if (rollout === undefined || revisionChange(built, rollout)?.imageChanged !== true) return [];
  return [[words('What changed between the two images of revision '), told(rollout.revision ?? '?', 40), words(' and the one before it?')]];
}

function chapterNote(chapters: readonly ChapterFacts[], { number }: ChapterFacts): string {
  return chapters.length > 1 ? ` (chapter ${number})` : '';
}

function endQuestions({ built, span }: DraftInput): readonly (readonly Inline[])[] {
  const { incident, workload } = built;
  if (incident.status === 'open') return [[words(`Is it over by now? The data ends at ${clock(workload.now, span.from)} while it lasts.`)]];
  if (!incident.settled) return [[words(`Did it stay well? The data ends at ${clock(workload.now, span.from)}.`)]];
  return [];
}
