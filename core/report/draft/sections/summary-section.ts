import { between, describeDuration } from '../../../time/duration.ts';
import type { Instant } from '../../../time/instant.ts';
import { bullets, paragraph, type Block } from '../../block.ts';
import { strong, words, type Inline } from '../../inline.ts';
import { describeImage } from '../../timeline/describe-image.ts';
import { clock } from '../../timeline/document.ts';
import { causeOf, chapterWords, sourcesOf } from '../chapter-words.ts';
import type { DraftInput, DraftSection } from '../draft-input.ts';
import { evidenceAt } from '../../facts/evidence-at.ts';
import { howItEnded } from '../../facts/how-it-ended.ts';
import { absent, sources } from '../phrases.ts';
import { workloadWords } from '../workload-words.ts';

/** More chapters than this are listed in the timeline only. */
const maxChapters = 6;

/** What was observed, in which phases, on which images, for how long, and what came before the recovery. */
export function summarySection(input: DraftInput): DraftSection {
  return {
    name: 'summary',
    heading: [words('Summary')],
    generated: input.chapters.length === 1 ? oneChapter(input) : severalChapters(input),
    prompts: ['Rewrite in two or three sentences for a reader who was not there.'],
  };
}

function oneChapter(input: DraftInput): readonly Block[] {
  const [facts] = input.chapters;
  return [
    paragraph(
      ...spanWords(input),
      ...workloadWords(input.built.incident.workload),
      words(' failed in phase '),
      ...chapterWords(facts),
      words('. What the records show: '),
      ...causeOf(facts),
      ...sourcesOf(facts),
      words('. '),
      ...outcome(input),
    ),
  ];
}

function severalChapters(input: DraftInput): readonly Block[] {
  const left = input.chapters.length - maxChapters;
  return [
    paragraph(
      ...spanWords(input),
      ...workloadWords(input.built.incident.workload),
      words(` failed in ${input.chapters.length} chapters; the numbers in this draft are theirs:`),
    ),
    bullets([
      ...input.chapters
        .slice(0, maxChapters)
        .map((facts): readonly Inline[] => [
          words(`${facts.number}: `),
          ...chapterWords(facts),
          words('. '),
          ...causeOf(facts),
          ...sourcesOf(facts),
        ]),
      ...(left > 0 ? [[absent(`${left} more are in the timeline.`)]] : []),
    ]),
    paragraph(...outcome(input)),
  ];
}

function spanWords({ span, built }: DraftInput): readonly Inline[] {
  const from = clock(span.from, span.from);
  const lasted = describeDuration(between(span.from, span.to));
  if (built.incident.status === 'open') return [words(`From ${from} UTC on, ${lasted} of it recorded, `)];
  return [words(`From ${from} to ${clock(span.to, span.from)} UTC (${lasted}), `)];
}

function outcome(input: DraftInput): readonly Inline[] {
  const { incident, group, workload } = input.built;
  const { span } = input;
  const time = (at: Instant) => clock(at, span.from);
  if (incident.status === 'open') return [absent(`It was not over when the data ended at ${time(workload.now)}.`)];
  const evidence = sources([evidenceAt(workload, span.to)]);
  if (group.recoveredAt === undefined) {
    return [words(`The workload came to its end at ${time(span.to)}: ${howItEnded(workload, span.to)}`), ...evidence, words('.')];
  }
  const { mitigation } = incident;
  if (mitigation.kind === 'none' || mitigation.at === undefined) {
    return [words(`It recovered at ${time(span.to)}`), ...evidence, words('; no change to it was recorded in between.')];
  }
  const at = Date.parse(mitigation.at);
  const what: readonly Inline[] =
    mitigation.kind === 'dependency-appeared'
      ? [words(`At ${time(at)} a container went on without a new rollout, so what it waited for was there`)]
      : [
          words('The last change before the recovery was a '),
          strong(words(mitigation.kind)),
          ...(mitigation.toImage === undefined ? [] : [words(' to '), ...describeImage(mitigation.toImage)]),
          words(` at ${time(at)}`),
        ];
  return [...what, ...sources(mitigation.evidence, 1), words(`; everything wanted was ready at ${time(span.to)}`), ...evidence, words('.')];
}
