import { visibleLine } from '#core/report/visible-text.ts';
import type { BatchRow } from '#core/store-model.ts';
import type { Instant } from '#core/time/instant.ts';
import { Moment } from '../parts/moment.tsx';

interface QuarantineTableProps {
  readonly batches: readonly BatchRow[];
  readonly now: Instant;
}

/** Batches that could not be processed, each with its reason. */
export function QuarantineTable({ batches, now }: QuarantineTableProps) {
  return (
    <div class="scroll" role="group" aria-label="Batches set aside" tabindex={0}>
      <table>
        <thead>
          <tr>
            {['Received', 'Cluster', 'Collector', 'Lines', 'Why'].map((title) => (
              <th scope="col">{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {batches.map((batch) => (
            <tr>
              <td class="nowrap">
                <Moment at={batch.receivedAt} now={now} />
              </td>
              <td>{visibleLine(batch.cluster, 253)}</td>
              <td>{visibleLine(batch.collector, 253)}</td>
              <td>{batch.accepted}</td>
              <td class="cell-what">{visibleLine(batch.reason ?? 'no reason was kept', 300)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
