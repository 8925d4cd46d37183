import type { Incident } from '../../../incident/incident.ts';
import { shortImage } from '../../../incident/image.ts';
import { earliest, formatInstant, wholeSecond } from '../../../time/instant.ts';
import { bullets, paragraph, type Block } from '../../block.ts';
import { join, words, type Inline } from '../../inline.ts';
import { plural } from '../../timeline/at-a-glance.ts';
import { shortDigest } from '../../timeline/describe-image.ts';
import type { DraftInput, DraftSection } from '../draft-input.ts';
import { absent, told } from '../phrases.ts';

const maxIncidents = 5;

/** Earlier incidents of the same workload, newest first. What came later is a story of its own. */
export function recurrenceSection(input: DraftInput): DraftSection {
  const known = input.earlier.toReversed();
  return {
    name: 'recurrence',
    heading: [words('Recurrence')],
    generated: [known.length === 0 ? none(input) : list(known), ...elsewhere(input)],
    ...(known.length === 0 ? {} : { prompts: ['Isolated, or a trend? What did the earlier ones leave undone?'] }),
  };
}

function none({ built: { workload } }: DraftInput): Block {
  const objects = [...workload.pods, ...workload.owners, ...(workload.top === undefined ? [] : [workload.top])];
  const oldest = earliest(...objects.map((object) => object.states[0]?.at));
  const since = oldest === undefined ? '' : `, which begin at ${formatInstant(wholeSecond(oldest))}`;
  return paragraph(absent(`No earlier incident of this workload is in the records${since}.`));
}

/** More images than these are asked for by whoever wants to know. */
const maxImages = 2;

/** An incident is told from the records of its own workload: what its images did elsewhere is another question, and this asks it. */
function elsewhere({ chapters }: DraftInput): readonly Block[] {
  const digests = [...new Set(chapters.flatMap(({ built: { chapter } }) => chapter.image?.digest ?? []))];
  if (digests.length === 0) return [];
  const commands = digests
    .slice(0, maxImages)
    .map((digest): readonly Inline[] => [told(`mortem audit rollbacks --image ${shortDigest(digest)} -A`)]);
  return [
    paragraph(
      absent(`What the same image${digests.length === 1 ? '' : 's'} did in other workloads is not told here:`),
      words(' '),
      ...join(commands, ', '),
    ),
  ];
}

function list(known: readonly Incident[]): Block {
  const left = known.length - maxIncidents;
  const items = known.slice(0, maxIncidents).map((incident): readonly Inline[] => [
    words(`${incident.onsetAt}, `),
    told(incident.id),
    words(`, ${incident.status}: `),
    ...join(
      incident.chapters
        .slice(0, 4)
        .map((chapter): readonly Inline[] => [
          told(chapter.symptom),
          ...(chapter.image === undefined ? [] : [words(' on '), told(shortImage(chapter.image))]),
          ...(chapter.terminations === 0 ? [] : [words(`, ${plural(chapter.terminations, 'death')}`)]),
        ]),
      '; ',
    ),
  ]);
  return bullets([...items, ...(left > 0 ? [[absent(`${left} older: mortem get incidents lists them.`)]] : [])]);
}
