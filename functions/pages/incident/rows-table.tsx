import type { BuiltIncident } from '#core/incident/build-incidents.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import type { Entry } from '#core/timeline/entry.ts';
import { between, describeOffset } from '#core/time/duration.ts';
import { wholeSecond, type Instant } from '#core/time/instant.ts';
import { Inlines } from '../document/inline.tsx';
import { EvidenceLinks } from '../parts/evidence-link.tsx';
import { Clock, dayText } from '../parts/moment.tsx';
import { TableHead } from '../parts/table-head.tsx';

export const rowsPerPage = 60;

interface RowsTableProps {
  readonly rows: readonly Entry[];
  /** Index of the first row of this page among all rows. */
  readonly from: number;
  readonly built: BuiltIncident;
}

/** The rows of the picture as a table: its text alternative, and what a row of the picture points at. */
export function RowsTable({ rows, from, built }: RowsTableProps) {
  const { onsetAt } = built.group;
  const uids = new Map(built.workload.pods.map((pod) => [`pod/${pod.name}`, pod.uid]));
  return (
    <table class="cards panel rows" role="table" aria-label="What happened, in time order; times in UTC">
      <TableHead titles={['UTC', 'T±', 'Phase', 'Observation', 'Evidence']} />
      <tbody role="rowgroup">
        {rows.map((entry, index) => (
          <Row entry={entry} number={from + index} previous={rows[index - 1]} onsetAt={onsetAt} uid={uids.get(entry.object)} />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  readonly entry: Entry;
  readonly number: number;
  readonly previous: Entry | undefined;
  readonly onsetAt: Instant;
  readonly uid: string | undefined;
}

function Row({ entry, number, previous, onsetAt, uid }: RowProps) {
  const [first] = entry.times;
  const isTie = previous !== undefined && wholeSecond(previous.times[0]) === wholeSecond(first);
  const isNewDay = previous === undefined || dayText(previous.times[0]) !== dayText(first);
  return (
    <tr
      role="row"
      id={`row-${number}`}
      data-row={String(number)}
      class={`rank-${entry.rank}`}
      {...(uid === undefined ? {} : { 'data-lane': uid })}
    >
      <td role="cell" class="cell-clock">
        {isNewDay ? <span class="row-day">{dayText(first)}</span> : null}
        {isTie ? <abbr title="within the same second as the row above: the order is not established">≈ </abbr> : null}
        <Times entry={entry} />
      </td>
      <td role="cell" class="muted nowrap">
        {describeOffset(between(onsetAt, first))}
      </td>
      <td role="cell" class="nowrap cell-phase">
        {entry.phase ?? ''}
      </td>
      <td role="cell" class="cell-what">
        <Inlines nodes={entry.what} />
        <span class="row-object">
          {visibleLine(entry.object, 120)}
          {entry.image === undefined
            ? ''
            : ` ${entry.imageChange === true ? '→' : '·'} ${visibleLine(entry.image.tag ?? entry.image.digest?.slice(0, 19) ?? entry.image.ref, 80)}`}
        </span>
      </td>
      <td role="cell">
        <EvidenceLinks ids={entry.evidence} max={entry.cites ?? 1} />
      </td>
    </tr>
  );
}

function Times({ entry: { times, span } }: { readonly entry: Entry }) {
  const [first] = times;
  const last = times.at(-1) ?? first;
  if (span === 'list' && times.length <= 4) {
    return (
      <>
        {times.map((at, index) => (
          <>
            {index === 0 ? '' : ', '}
            <Clock at={at} />
          </>
        ))}
      </>
    );
  }
  if (span === 'point' || wholeSecond(first) === wholeSecond(last)) return <Clock at={first} />;
  return (
    <>
      <Clock at={first} /> … <Clock at={last} />
    </>
  );
}
