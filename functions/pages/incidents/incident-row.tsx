import type { Chapter, Incident } from '#core/incident/incident.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { describeDuration } from '#core/time/duration.ts';
import type { Instant } from '#core/time/instant.ts';
import { ImageName } from '../parts/image-name.tsx';
import { Moment } from '../parts/moment.tsx';
import { StatusBadge } from '../parts/status-badge.tsx';
import { WorkloadPlace } from '../parts/workload-name.tsx';

interface IncidentRowProps {
  readonly incident: Incident;
  readonly now: Instant;
}

/** What failed, in which phase, on which image: one row an incident. The roles keep it a table where it is laid out as cards. */
export function IncidentRow({ incident, now }: IncidentRowProps) {
  const { chapters, coverage } = incident;
  const [first, ...more] = chapters;
  const missed = coverage.terminationsKnown - coverage.terminationsSeen;
  return (
    <tr role="row">
      <th role="rowheader" scope="row" class="cell-workload">
        <a class="row-link" href={`/incidents/${incident.id}`}>
          {visibleLine(incident.workload.name, 253)}
        </a>
        <WorkloadPlace incident={incident} />
      </th>
      <td role="cell" class="cell-status">
        <StatusBadge incident={incident} />
      </td>
      <td role="cell" class="cell-failure">
        {first === undefined ? null : <Failure chapter={first} />}
        {more.length === 0 ? null : (
          <span class="muted">
            then{' '}
            {more
              .slice(0, 3)
              .map(({ symptom }) => symptom)
              .join(', ')}
            {more.length > 3 ? ` and ${more.length - 3} more` : ''}
          </span>
        )}
      </td>
      <td role="cell" class="cell-image">
        {first?.image === undefined ? <span class="muted">no image</span> : <ImageName image={first.image} />}
      </td>
      <td role="cell" class="cell-time">
        <Moment at={Date.parse(incident.onsetAt)} now={now} />
        <span class="muted">{lastedText(incident)}</span>
        {missed > 0 ? <span class="warning">⚠ {missed} deaths not captured</span> : null}
      </td>
    </tr>
  );
}

function Failure({ chapter }: { readonly chapter: Chapter }) {
  return (
    <span class="failure">
      <strong>{chapter.symptom}</strong> <span class="phase">in {chapter.phase}</span>
    </span>
  );
}

function lastedText({ onsetAt, recoveredAt, status }: Incident): string {
  if (recoveredAt !== undefined) return `lasted ${describeDuration(Date.parse(recoveredAt) - Date.parse(onsetAt))}`;
  return status === 'open' ? 'still open' : 'ended with its workload';
}
