import type { BuiltIncident } from '../../incident/build-incidents.ts';
import { buildTimeline } from '../../timeline/build-timeline.ts';
import { formatInstant } from '../../time/instant.ts';
import { heading, paragraph, quotation, type Block } from '../block.ts';
import { quote, strong, words } from '../inline.ts';
import { citedIn, labelEvidence, labelsOf } from '../label-evidence.ts';
import { kindWord } from '../draft/workload-words.ts';
import { liveness } from '../liveness.ts';
import { renderMarkdown } from '../render-markdown.ts';
import { day, type TimelineInput, type TimelineOptions } from './document.ts';
import { atAGlance, plural } from './at-a-glance.ts';
import { chaptersSection, inspectFirstSection } from './chapters-section.ts';
import { evidenceSection, reproduceSection } from './closing-sections.ts';
import { gapsSection } from './gaps-section.ts';
import { imagesSection } from './images-section.ts';
import { lanesSection } from './lanes-section.ts';
import { ledgerSection } from './ledger-section.ts';
import { logsSection } from './logs-section.ts';
import { memorySection } from './memory-section.ts';
import { milestonesSection } from './milestones-section.ts';
import { podsSection } from './pods-section.ts';
import { recordsSection } from './records-section.ts';
import { rowsSection } from './rows-section.ts';

/**
 * The incident timeline: facts only, each with the record that shows it. The same input gives the same bytes.
 *
 * @param inputHash SHA-256 over the observations the incident was made from
 */
export function renderTimeline(built: BuiltIncident, inputHash: string, options: TimelineOptions = {}): string {
  return renderMarkdown(timelineBlocks(built, inputHash, options));
}

/** The timeline as data, its title first: what Markdown and the page are rendered from. */
export function timelineBlocks(built: BuiltIncident, inputHash: string, options: TimelineOptions = {}): readonly [Block, ...Block[]] {
  const input: TimelineInput = { built, entries: buildTimeline(built), inputHash, options };
  const blocks = [
    ...header(input),
    ...atAGlance(input),
    ...milestonesSection(input),
    ...chaptersSection(input),
    ...podsSection(input),
    ...rowsSection(input),
    ...imagesSection(input),
    ...memorySection(input),
    ...inspectFirstSection(input),
    ...ledgerSection(input),
    ...lanesSection(input),
    ...logsSection(input),
    ...recordsSection(input),
    ...gapsSection(input),
  ];
  const labels = labelsOf(citedIn(blocks));
  return [titleOf(built), ...labelEvidence(blocks, labels), ...evidenceSection(input, labels), ...reproduceSection(input)];
}

function titleOf({ incident, group }: BuiltIncident): Block {
  return heading(
    1,
    words(`Timeline: ${kindWord(incident.workload.kind)} `),
    quote(incident.workload.name),
    words(' in '),
    quote(incident.namespace),
    words(`, ${day(group.onsetAt)}`),
  );
}

function header({ built, inputHash }: TimelineInput): readonly Block[] {
  const { incident, workload } = built;
  const { terminationsSeen, terminationsKnown } = incident.coverage;
  let [logs, total] = [0, 0];
  for (const { kind } of workload.observations) {
    if (kind === 'log') logs += 1;
    if (kind !== 'coverage') total += 1;
  }
  return [
    quotation(
      paragraph(
        words(
          `${liveness(built)}Generated from ${total} records (${total - logs} states and events, ${plural(logs, 'log')}). Facts only: no cause is asserted beyond what a record shows. Times are UTC. ≈ means: same second, order not established.`,
        ),
      ),
      paragraph(
        words(`Data through ${formatInstant(workload.now)} · input `),
        quote(`sha256:${inputHash.slice(0, 16)}`),
        words(' · terminations captured '),
        strong(words(`${terminationsSeen} of ${terminationsKnown}`)),
        words(' · '),
        { type: 'link', url: '#gaps-and-data-quality', children: [words('gaps')] },
      ),
    ),
  ];
}
