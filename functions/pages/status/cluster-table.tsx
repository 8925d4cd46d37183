import { visibleLine } from '#core/report/visible-text.ts';
import { describeDuration } from '#core/time/duration.ts';
import { minute, type Instant } from '#core/time/instant.ts';
import type { ClusterStatus } from '../../usecases/read-status.ts';
import { Moment } from '../parts/moment.tsx';
import { TableHead } from '../parts/table-head.tsx';

interface ClusterTableProps {
  readonly clusters: readonly ClusterStatus[];
  readonly now: Instant;
}

/** A heartbeat comes every minute: three missed ones are worth a look. */
const silentMs = 3 * minute;
const shownCollectors = 3;

export function isSilent({ watermark }: Pick<ClusterStatus, 'watermark'>, now: Instant): boolean {
  return now - watermark > silentMs;
}

/** Silent clusters first: nobody else would tell of them. */
export function ClusterTable({ clusters, now }: ClusterTableProps) {
  const ordered = clusters.toSorted((a, b) => Number(isSilent(b, now)) - Number(isSilent(a, now)));
  return (
    <table class="cards panel" role="table" aria-label="Clusters">
      <TableHead titles={['Cluster', 'State', 'Data through', 'Collectors', 'Missed in a day']} />
      <tbody role="rowgroup">
        {ordered.map((cluster) => (
          <ClusterRow cluster={cluster} now={now} />
        ))}
      </tbody>
    </table>
  );
}

function ClusterRow({
  cluster: { cluster, watermark, collectors, missed },
  now,
}: {
  readonly cluster: ClusterStatus;
  readonly now: Instant;
}) {
  const silent = isSilent({ watermark }, now);
  return (
    <tr role="row">
      <th role="rowheader" scope="row" class="cell-workload">
        <a class="row-link" href={`/incidents?cluster=${encodeURIComponent(cluster)}`}>
          {visibleLine(cluster, 253)}
        </a>
      </th>
      <td role="cell">
        <span class={`badge ${silent ? 'badge-open' : 'badge-recovered'}`}>
          <span aria-hidden="true">{silent ? '⚠' : '✓'}</span> {silent ? `silent for ${describeDuration(now - watermark)}` : 'sending'}
        </span>
      </td>
      <td role="cell" class="cell-time">
        <Moment at={watermark} now={now} />
      </td>
      <td role="cell">
        {collectors.length === 0 ? <span class="muted">none has said that it watches</span> : null}
        {collectors.slice(0, shownCollectors).map(({ name, beatAt, watches }) => (
          <span class="collector" title={visibleLine(`watches ${watches.join(', ')}`, 400)}>
            {visibleLine(name, 120)}{' '}
            <span class="muted">
              {describeDuration(Math.max(0, now - beatAt))} ago, {watches.length} resources
            </span>
          </span>
        ))}
        {collectors.length > shownCollectors ? <span class="muted">and {collectors.length - shownCollectors} more</span> : null}
      </td>
      <td role="cell">{missed === 0 ? 'nothing known' : <a href="#missed">{missed} notes</a>}</td>
    </tr>
  );
}
