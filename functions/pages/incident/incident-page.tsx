import type { Incident } from '#core/incident/incident.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import type { IncidentRecords } from '../../usecases/read-incident-records.ts';
import { dayText } from '../parts/moment.tsx';
import { Notice } from '../parts/notice.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { WorkloadPlace } from '../parts/workload-name.tsx';
import { Layout } from '../shell/layout.tsx';
import { SwimlaneSection } from '../swimlane/swimlane-section.tsx';
import type { View } from '../view.ts';
import { ChapterCard } from './chapter-card.tsx';
import { DocumentActions } from './document-actions.tsx';
import { IncidentFacts } from './incident-facts.tsx';
import { Lead } from './lead.tsx';
import { PhaseRail } from './phase-rail.tsx';

interface IncidentPageProps extends IncidentRecords {
  readonly view: View;
  readonly pods?: number;
  readonly rows?: number;
}

/** One incident: what failed, in which phase, on which image, what to check first; then how it went, pod by pod. */
export function IncidentPage({ view, incident, picture, ...pages }: IncidentPageProps) {
  const name = visibleLine(incident.workload.name, 253);
  const known = picture === undefined ? {} : { built: picture.source.built };
  return (
    <Layout title={`${name}, ${dayText(Date.parse(incident.onsetAt))}`} view={view} current="incidents">
      <nav class="trail" aria-label="Trail">
        <a href="/incidents">Incidents</a> <span aria-hidden="true">/</span> <code>{incident.id}</code>
      </nav>
      <header class="page-head">
        <div>
          <h1>{name}</h1>
          <WorkloadPlace incident={incident} />
        </div>
        <StatusBadge incident={incident} />
      </header>
      <Lead incident={incident} />
      <IncidentFacts incident={incident} view={view} {...known} />
      <DocumentActions incident={incident} hasRecords={picture !== undefined} />
      <section aria-labelledby="chapters">
        <h2 id="chapters">Where it failed, on which image</h2>
        <PhaseRail chapters={incident.chapters} />
        <ol class="chapters">
          {incident.chapters.map((chapter, index) => (
            <ChapterCard chapter={chapter} number={index + 1} {...known} />
          ))}
        </ol>
      </section>
      {picture === undefined ? (
        <Notice title="Its records are no longer kept.">
          <p>What was concluded from them stands above and in the timeline.</p>
        </Notice>
      ) : (
        <SwimlaneSection built={picture.source.built} swimlane={picture.swimlane} {...pages} />
      )}
      <Gaps incident={incident} />
    </Layout>
  );
}

/** Five hundred pods whose logs were gone are five hundred gaps. */
const shownGaps = 30;

function Gaps({ incident: { coverage } }: { readonly incident: Incident }) {
  const { terminationsSeen, terminationsKnown, gaps } = coverage;
  return (
    <section aria-labelledby="gaps">
      <h2 id="gaps">What was not seen</h2>
      <p>
        {terminationsKnown} deaths are known by restart counters and records, {terminationsSeen} of them were captured.
        {gaps.length === 0 ? ' No gap is known.' : ''}
      </p>
      {gaps.length === 0 ? null : (
        <ul class="gaps">
          {gaps.slice(0, shownGaps).map((gap) => (
            <li>
              <strong>{visibleLine(gap.kind, 60)}</strong>: {visibleLine(gap.text, 400)}
            </li>
          ))}
        </ul>
      )}
      {gaps.length > shownGaps ? <p class="muted">and {gaps.length - shownGaps} more: the JSON has them all</p> : null}
    </section>
  );
}
