import type { BuiltIncident } from '#core/incident/build-incidents.ts';
import type { Swimlane } from '#core/report/swimlane/swimlane.ts';
import { RowsTable, rowsPerPage } from '../incident/rows-table.tsx';
import { Legend } from './legend.tsx';
import { PodTable } from './pod-table.tsx';
import { placeSwimlane, SwimlanePicture } from './swimlane-picture.tsx';

interface SwimlaneSectionProps {
  readonly built: BuiltIncident;
  readonly swimlane: Swimlane;
  /** Pages of lanes and of rows, from 1. */
  readonly pods?: number;
  readonly rows?: number;
}

/** Picture, legend, and the same in tables: what is pointed at in one is marked in the other. */
export function SwimlaneSection({ built, swimlane, pods, rows: wantedRows }: SwimlaneSectionProps) {
  const layout = placeSwimlane(swimlane, pods);
  const rowPages = Math.max(1, Math.ceil(swimlane.rows.length / rowsPerPage));
  const rowPage = Math.min(Math.max(1, wantedRows ?? 1), rowPages);
  const from = (rowPage - 1) * rowsPerPage;
  const address = (page: { readonly pods: number; readonly rows: number }, anchor: string) =>
    `/incidents/${built.incident.id}?pods=${page.pods}&rows=${page.rows}#${anchor}`;
  return (
    <div data-highlight>
      <section aria-labelledby="lanes">
        <h2 id="lanes">Pods over time</h2>
        <Legend />
        <div class="figure">
          <SwimlanePicture swimlane={swimlane} layout={layout} workload={built.incident.workload.name} />
        </div>
        {layout.pages === 1 ? null : (
          <nav class="pager" aria-label="Pages of pods">
            <span>
              Pods {layout.shown.from} to {layout.shown.to} of {layout.lanes}, failing ones first
            </span>
            <Step href={address({ pods: layout.page - 1, rows: rowPage }, 'lanes')} isThere={layout.page > 1} label="Previous pods" />
            <Step
              href={address({ pods: layout.page + 1, rows: rowPage }, 'lanes')}
              isThere={layout.page < layout.pages}
              label="Next pods"
            />
          </nav>
        )}
        <PodTable layout={layout} cluster={built.workload.key.cluster} />
      </section>
      <section aria-labelledby="rows">
        <h2 id="rows">What happened</h2>
        <RowsTable rows={swimlane.rows.slice(from, from + rowsPerPage)} from={from} built={built} />
        {rowPages === 1 ? null : (
          <nav class="pager" aria-label="Pages of rows">
            <span>
              Rows {from + 1} to {Math.min(from + rowsPerPage, swimlane.rows.length)} of {swimlane.rows.length}
            </span>
            <Step href={address({ pods: layout.page, rows: rowPage - 1 }, 'rows')} isThere={rowPage > 1} label="Earlier rows" />
            <Step href={address({ pods: layout.page, rows: rowPage + 1 }, 'rows')} isThere={rowPage < rowPages} label="Later rows" />
          </nav>
        )}
      </section>
    </div>
  );
}

function Step({ href, isThere, label }: { readonly href: string; readonly isThere: boolean; readonly label: string }) {
  return isThere ? (
    <a class="button quiet" href={href}>
      {label}
    </a>
  ) : null;
}
