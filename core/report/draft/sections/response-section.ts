import { recoveriesAfter } from '../../../incident/health.ts';
import { between, describeDuration, describeOffset } from '../../../time/duration.ts';
import type { Instant } from '../../../time/instant.ts';
import { paragraph } from '../../block.ts';
import { words, type Inline } from '../../inline.ts';
import { clock } from '../../timeline/document.ts';
import type { DraftInput, DraftSection } from '../draft-input.ts';
import { evidenceAt } from '../../facts/evidence-at.ts';
import { absent, sources } from '../phrases.ts';

/** The milestones pods can tell, and prompts for what people did and thought. */
export function responseSection(input: DraftInput): DraftSection {
  return {
    name: 'response',
    heading: [words('Response')],
    generated: [paragraph(...milestones(input))],
    prompts: [
      'How did we learn of it, and when? What would have halved that time?',
      'Who decided what (roles, not names), on which information? What was not known at the time?',
      'What went well, what was hard, where were we lucky?',
    ],
  };
}

function milestones({ built, span }: DraftInput): readonly Inline[] {
  const { incident, group, workload } = built;
  const { mitigation } = incident;
  const moment = (name: string, at: number): Inline => words(`${name} ${clock(at, span.from)} (${describeOffset(between(span.from, at))})`);
  const end = group.recoveredAt ?? group.endedAt;
  return [
    words(`Onset ${clock(span.from, span.from)}`),
    ...sources([group.signs[0].evidence[0].id]),
    words(' · '),
    absent('detected: unknown, no alert or ticket was ingested'),
    ...wellBetween(built).flatMap(({ at, until }) => [
      words(' · '),
      moment(`well for ${describeDuration(between(at, until))} from`, at),
      ...sources([evidenceAt(workload, at)]),
    ]),
    ...(mitigation.at === undefined
      ? []
      : [words(' · '), moment('mitigation candidate', Date.parse(mitigation.at)), ...sources(mitigation.evidence, 1)]),
    words(' · '),
    ...(end === undefined
      ? [absent('recovered: not by the end of the data')]
      : [moment(group.recoveredAt === undefined ? 'ended' : 'recovered', end), ...sources([evidenceAt(workload, end)])]),
  ];
}

const maxInterludes = 2;

/** Stretches in which everything wanted was ready, from then to the next failure. */
function wellBetween({ health, group, workload }: DraftInput['built']): readonly { readonly at: Instant; readonly until: Instant }[] {
  const end = group.recoveredAt ?? group.endedAt ?? workload.now;
  return recoveriesAfter(health, group.onsetAt)
    .flatMap(({ at }) => {
      const again = group.signs.find((sign) => sign.from > at);
      return at >= end || again === undefined ? [] : [{ at, until: again.from }];
    })
    .slice(0, maxInterludes);
}
