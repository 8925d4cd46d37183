import type { EvidenceId } from '../../../evidence/evidence-id.ts';
import type { EventRecord } from '../../../history/event-record.ts';
import { minute } from '../../../time/instant.ts';
import { words, join, type Inline } from '../../inline.ts';
import { plural } from '../../timeline/at-a-glance.ts';
import type { DraftInput } from '../draft-input.ts';
import { kubectlFor } from '../kubectl.ts';
import { absent, sources, told } from '../phrases.ts';
import type { Step } from './step.ts';

/** What happened shortly before the onset may belong to it. */
const lead = 10 * minute;
const maxReasons = 4;

/** Events around the incident: how many, and which warnings. Their order is in the timeline. */
export function eventsStep({ built, span }: DraftInput): Step {
  const { workload, incident } = built;
  const near = eventsOf(workload).filter((event) => event.lastAt >= span.from - lead && event.firstAt <= span.to);
  const warnings = near.filter((event) => event.record.type === 'Warning');
  const suppressed = incident.coverage.gaps.some((gap) => gap.kind === 'events-suppressed');
  return {
    title: '5 Events in time order',
    found:
      near.length === 0
        ? [absent('no event about the workload, its pods or nodes was recorded')]
        : [
            words(`${plural(near.length, 'event')} about the workload, its pods and nodes`),
            ...(warnings.length === 0
              ? [words(', no warning'), ...sources([near[0]?.evidence])]
              : [words('; warnings: '), ...byReason(warnings)]),
          ],
    missing: suppressed ? [absent('some were held back by the kubelet')] : [],
    command: kubectlFor(workload).events,
    caveat: 'a cluster forgets events, by default after 1 h',
  };
}

function eventsOf({ pods, owners, top, otherEvents }: DraftInput['built']['workload']): readonly EventRecord[] {
  return [...[...pods, ...owners, ...(top === undefined ? [] : [top])].flatMap((object) => object.events), ...otherEvents];
}

function byReason(events: readonly EventRecord[]): readonly Inline[] {
  const reasons = [...Map.groupBy(events, (event) => event.record.reason)].map(([reason, same]) => ({
    reason,
    times: same.reduce((sum, event) => sum + event.count, 0),
    evidence: earliestOf(same),
  }));
  const shown = reasons.toSorted((a, b) => b.times - a.times || (a.reason < b.reason ? -1 : 1)).slice(0, maxReasons);
  return join(
    shown.map(({ reason, times, evidence }): readonly Inline[] => [told(reason, 60), words(` ×${times}`), ...sources([evidence])]),
    ', ',
  );
}

function earliestOf(events: readonly EventRecord[]): EvidenceId | undefined {
  const first = events.reduce((least, event) => Math.min(least, event.firstAt), Infinity);
  return events
    .filter((event) => event.firstAt === first)
    .map((event) => event.evidence)
    .toSorted()[0];
}
