import { evidenceOf } from '../../evidence/evidence-id.ts';
import { rules } from '../../rules/registry.ts';
import type { Block, Cell } from '../block.ts';
import { bullets, heading, paragraph, table } from '../block.ts';
import { isUnexplained } from '../../incident/unexplained.ts';
import { causeWords } from '../../causes/cause-meanings.ts';
import { lastLine, lastLogOf } from '../facts/last-log.ts';
import { quote, strong, words, type Inline } from '../inline.ts';
import type { BuiltChapter } from '../../incident/build-chapters.ts';
import { plural } from './at-a-glance.ts';
import { describeImage } from './describe-image.ts';
import { cite, clock, type TimelineInput } from './document.ts';

export function chaptersSection(input: TimelineInput): readonly Block[] {
  const { chapters } = input.built;
  const header = ['#', 'Symptom', 'Phase', 'Failure point', 'Cause', 'Container', 'Image', 'From – to', 'Evidence'];
  return [
    heading(2, words('Chapters: where it failed, on which image')),
    table(
      header,
      chapters.map((chapter, index) => toRow(input, chapter, index + 1)),
    ),
    ...overlapNote(chapters),
  ];
}

function toRow(input: TimelineInput, built: BuiltChapter, number: number): readonly Cell[] {
  const { chapter, signs } = built;
  const { onsetAt } = input.built.group;
  const deaths: readonly Inline[] = chapter.terminations === 0 ? [] : [words(`, ${plural(chapter.terminations, 'death')}`)];
  const own = signs.filter((sign) => sign.cause === chapter.cause);
  // What adds up differs from attempt to attempt, and the evidence is of the first; the words of a record get better with time.
  const telling = own.find((sign) => sign.detail !== undefined) ?? own.findLast((sign) => sign.quote !== undefined) ?? own.at(-1);
  const line = isUnexplained(chapter.cause) ? undefined : telling?.evidence.find((item) => item.source === 'log')?.text;
  const said = [telling?.detail, telling?.quote ?? line]
    .filter((text) => text !== undefined)
    .flatMap((text, index) => [words(index === 0 ? ': ' : '; '), quote(text, 240)]);
  const meaning = causeWords(chapter.cause);
  const lasts = signs.some((sign) => sign.until === undefined && sign.deaths.length === 0);
  return [
    [words(String(number))],
    [strong(quote(chapter.symptom))],
    [words(chapter.phase)],
    [words(chapter.failurePoint.replaceAll('-', ' '))],
    [quote(chapter.cause), words(`${meaning === undefined ? '' : `, ${meaning}`} (${chapter.basis})`), ...said, ...lastWords(input, built)],
    chapter.container === undefined
      ? []
      : [quote(chapter.container), ...(chapter.containerRole === 'app' ? [] : [words(` (${chapter.containerRole ?? ''})`)])],
    chapter.image === undefined ? [] : describeImage(chapter.image),
    [words(`${clock(Date.parse(chapter.firstAt), onsetAt)} – ${lasts ? 'lasting' : clock(Date.parse(chapter.lastAt), onsetAt)}`)],
    [...cite(chapter.evidence, 2), ...deaths],
  ];
}

function lastWords({ built: { workload } }: TimelineInput, chapter: BuiltChapter): readonly Inline[] {
  const log = lastLogOf(workload, chapter);
  const line = lastLine(log?.text ?? '');
  return log === undefined || line === undefined
    ? []
    : [words('; its log ends with '), quote(line, 240), words(' '), ...cite([evidenceOf(log)])];
}

function overlapNote(chapters: readonly BuiltChapter[]): readonly Block[] {
  const pairs = chapters.flatMap((later, index) =>
    chapters
      .slice(0, index)
      .flatMap((earlier, before) =>
        Date.parse(later.chapter.firstAt) < Date.parse(earlier.chapter.lastAt) ? [`${before + 1} and ${index + 1}`] : [],
      ),
  );
  return pairs.length === 0
    ? []
    : [paragraph(words(`Chapters ${pairs.join(', ')} overlap in time: they happened in pods that lived side by side.`))];
}

/** The row of the decision table for each symptom: fixed text, the same in every incident. */
export function inspectFirstSection(input: TimelineInput): readonly Block[] {
  const seen = new Map(input.built.chapters.map(({ chapter }) => [chapter.rule, chapter.symptom]));
  const items = [...seen].flatMap(([id, symptom]) => {
    const rule = rules.find((item) => item.id === id);
    return rule === undefined
      ? []
      : [
          [
            strong(quote(symptom)),
            words(`: inspect ${rule.inspectFirst.join(', ')}. ${rule.advice[0] ?? ''} Risk: ${rule.productionRisk}.`),
          ],
        ];
  });
  return [heading(2, words('Inspect first')), bullets(items)];
}
