import type { BuiltIncident } from '../../incident/build-incidents.ts';
import { buildTimeline } from '../../timeline/build-timeline.ts';
import { formatInstant } from '../../time/instant.ts';
import { heading, paragraph, quotation, type Block } from '../block.ts';
import { quote, strong, words } from '../inline.ts';
import { citedIn, labelEvidence, labelsOf } from '../label-evidence.ts';
import { renderMarkdown } from '../render-markdown.ts';
import { day, type TimelineInput } from './document.ts';
import { atAGlance } from './at-a-glance.ts';
import { chaptersSection, inspectFirstSection } from './chapters-section.ts';
import { evidenceSection, gapsSection, reproduceSection } from './closing-sections.ts';
import { imagesSection } from './images-section.ts';
import { lanesSection } from './lanes-section.ts';
import { ledgerSection } from './ledger-section.ts';
import { logsSection } from './logs-section.ts';
import { milestonesSection } from './milestones-section.ts';
import { recordsSection } from './records-section.ts';
import { rowsSection } from './rows-section.ts';

/**
 * The incident timeline: facts only, each with the record that shows it. The same input gives the same bytes.
 *
 * @param inputHash SHA-256 over the observations the incident was made from
 */
export function renderTimeline(built: BuiltIncident, inputHash: string): string {
  const input: TimelineInput = { built, entries: buildTimeline(built), inputHash };
  const blocks = [
    ...header(input),
    ...atAGlance(input),
    ...milestonesSection(input),
    ...chaptersSection(input),
    ...inspectFirstSection(input),
    ...imagesSection(input),
    ...rowsSection(input),
    ...ledgerSection(input),
    ...lanesSection(input),
    ...recordsSection(input),
    ...logsSection(input),
    ...gapsSection(input),
  ];
  const labels = labelsOf(citedIn(blocks));
  return renderMarkdown([...labelEvidence(blocks, labels), ...evidenceSection(input, labels), ...reproduceSection(input)]);
}

function header({ built, inputHash }: TimelineInput): readonly Block[] {
  const { incident, workload, group } = built;
  const { terminationsSeen, terminationsKnown } = incident.coverage;
  const logs = workload.observations.filter((item) => item.kind === 'log').length;
  const total = workload.observations.filter((item) => item.kind !== 'coverage').length;
  const state = incident.status === 'open' ? 'This incident is open: the document changes while data arrives. ' : '';
  return [
    heading(
      1,
      words(`Timeline: ${kindWord(incident.workload.kind)} `),
      quote(incident.workload.name),
      words(' in '),
      quote(incident.namespace),
      words(`, ${day(group.onsetAt)}`),
    ),
    quotation(
      paragraph(
        words(
          `${state}Generated from ${total} records (${total - logs} states and events, ${logs} logs). Facts only: no cause is asserted beyond what a record shows. Times are UTC. ≈ means: same second, order not established.`,
        ),
      ),
      paragraph(
        words(`Data through ${formatInstant(workload.now)} · input `),
        quote(`sha256:${inputHash.slice(0, 16)}`),
        words(' · terminations captured '),
        strong(words(`${terminationsSeen} of ${terminationsKnown}`)),
      ),
    ),
  ];
}

/** Kinds are from outside too: a custom owner may be called anything. Built-in ones are plain words. */
function kindWord(kind: string): string {
  return /^[A-Z][A-Za-z]{2,40}$/.test(kind) ? kind : 'workload';
}
