import { formatInstant } from '../../time/instant.ts';
import { heading, paragraph, quotation, type Block } from '../block.ts';
import { strong, words, type Inline } from '../inline.ts';
import { liveness } from '../liveness.ts';
import { day } from '../timeline/document.ts';
import type { DraftInput } from './draft-input.ts';
import { told } from './phrases.ts';
import { todoMark } from './todo.ts';
import { kindWord } from './workload-words.ts';

/** Post-mortem (draft): Deployment `payments-api` in `shop`, 22 Nov 2026 */
export function draftTitle({ built, span }: DraftInput): readonly Inline[] {
  const { workload, namespace } = built.incident;
  return [
    words(`Post-mortem (draft): ${kindWord(workload.kind)} `),
    told(workload.name),
    words(' in '),
    told(namespace),
    words(`, ${day(span.from)}`),
  ];
}

export function titleBlock(input: DraftInput): Block {
  return heading(1, ...draftTitle(input));
}

/** Who owns the document and what is open: never replaced by an update, since people write into it. */
export function statusLine(input: DraftInput, openTodos: number): Block {
  const timeline: readonly Inline[] =
    input.options.linksTimeline === true
      ? [{ type: 'link', url: 'timeline.md', children: [words('timeline')] }]
      : [words('timeline: '), told(`mortem timeline ${input.built.incident.id}`)];
  const item = (name: string, value: string): readonly Inline[] => [strong(words(name)), words(` ${value} · `)];
  return paragraph(
    ...item('Status', 'draft'),
    ...item('Owner', todoMark),
    ...item('Severity', todoMark),
    ...item('Open TODOs', `${openTodos} as generated`),
    ...timeline,
  );
}

/** How to read it, and what it was made from. */
export function provenance(input: DraftInput): readonly Block[] {
  const { incident, workload, group } = input.built;
  const { terminationsSeen, terminationsKnown } = incident.coverage;
  return [
    quotation(
      paragraph(
        words(
          `${liveness(input.built)}Facts with their evidence, and questions; not why it happened. ` +
            'We assume everyone acted sensibly on what they knew. ',
        ),
        strong(words('observed')),
        words(': literally in a record. '),
        strong(words('derived')),
        words(': by a fixed rule over records. '),
        strong(words('hypothesis')),
        words(': by a rule that can be wrong. '),
        { type: 'emphasis', children: [words('Slanted')] },
        words(': what no record shows. Times are UTC.'),
      ),
      paragraph(
        words(`Incident `),
        told(incident.id),
        words(`, ${incident.status}${group.settled ? ', settled' : ''} · data through ${formatInstant(workload.now)} · input `),
        told(`sha256:${input.inputHash.slice(0, 16)}`),
        words(` · terminations captured ${terminationsSeen} of ${terminationsKnown}`),
      ),
    ),
  ];
}
