import type { Incident } from '#core/incident/incident.ts';
import { Notice } from '../parts/notice.tsx';
import { Layout } from '../shell/layout.tsx';
import type { View } from '../view.ts';
import { FilterForm } from './filter-form.tsx';
import type { ParsedFilter } from './incident-filter.ts';
import { IncidentRow } from './incident-row.tsx';
import { TableHead } from '../parts/table-head.tsx';

interface IncidentListProps {
  readonly view: View;
  readonly incidents: readonly Incident[];
  readonly parsed: ParsedFilter;
  /** More incidents match than one page shows: the address of the next ones. */
  readonly next?: string;
}

export function IncidentListPage({ view, incidents, parsed, next }: IncidentListProps) {
  const isFiltered = Object.values(parsed.filter).some((value) => value !== '');
  return (
    <Layout title="Incidents" view={view} current="incidents">
      <h1>Incidents</h1>
      <FilterForm filter={parsed.filter} clusters={names(incidents, 'cluster')} namespaces={names(incidents, 'namespace')} />
      {parsed.faults.map((fault) => (
        <p class="fault" role="alert">
          {fault}
        </p>
      ))}
      {incidents.length === 0 ? (
        <Nothing isFiltered={isFiltered} hasMore={next !== undefined} />
      ) : (
        <IncidentTable view={view} incidents={incidents} />
      )}
      {next === undefined ? null : (
        <p class="pager">
          <a class="button" href={next} rel="next">
            Older incidents
          </a>
        </p>
      )}
    </Layout>
  );
}

function IncidentTable({ view, incidents }: Pick<IncidentListProps, 'view' | 'incidents'>) {
  const open = incidents.filter(({ status }) => status === 'open').length;
  return (
    <>
      <p class="count" role="status">
        {incidents.length} shown{open === 0 ? '' : `, ${open} open`}, newest first
      </p>
      <table class="cards panel incidents" role="table" aria-label="Incidents">
        <TableHead titles={['Workload', 'Status', 'What failed', 'Image', 'Onset']} />
        <tbody role="rowgroup">
          {incidents.map((incident) => (
            <IncidentRow incident={incident} now={view.now} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Nothing({ isFiltered, hasMore }: { readonly isFiltered: boolean; readonly hasMore: boolean }) {
  if (hasMore) {
    return (
      <Notice title="None of the newest incidents matches.">
        <p>A page looks at ten thousand of them. There are older ones: go on below.</p>
      </Notice>
    );
  }
  if (isFiltered) {
    return (
      <Notice title="No incident matches.">
        <p>
          Widen the filter, or <a href="/incidents">show all incidents</a>.
        </p>
      </Notice>
    );
  }
  return (
    <Notice title="No incident is known.">
      <p>
        Either nothing has failed, or nothing is watching. <a href="/status">Status</a> says which clusters send records, and since when.
      </p>
    </Notice>
  );
}

function names(incidents: readonly Incident[], field: 'cluster' | 'namespace'): readonly string[] {
  return [...new Set(incidents.map((incident) => incident[field]))].toSorted().slice(0, 50);
}
