import { weekOf } from '#core/trends/trend-week.ts';
import type { Connection } from '../database.ts';
import { prepared } from '../prepared.ts';
import { createRowInserter } from '../row-inserter.ts';

const statements = prepared((connection) => {
  const { trendMarks } = connection.tables;
  return createRowInserter(connection, {
    name: 'trends_mark',
    columns: ['cluster', 'namespace', 'workloadKind', 'workloadName', 'week'],
    insert: (rows) =>
      connection.db
        .insert(trendMarks)
        .values(rows)
        // An update and not nothing: it holds the row, so that nobody folds the week before this transaction is seen.
        .onConflictDoUpdate({
          target: [trendMarks.workloadName, trendMarks.namespace, trendMarks.workloadKind, trendMarks.week, trendMarks.cluster],
          set: { week: trendMarks.week },
        }),
  });
});

export interface TrendChange {
  readonly cluster: string;
  readonly namespace: string;
  readonly workloadKind: string;
  readonly workloadName: string;
  /** Epoch milliseconds of a death or a wait that came, changed or went. */
  readonly at: number;
}

/** Within the transaction of the change: the weeks it falls into are summed anew before anybody reads them. */
export async function markTrends(tx: Connection, changes: readonly TrendChange[]): Promise<void> {
  const weeks = new Map(
    changes.map(({ cluster, namespace, workloadKind, workloadName, at }) => {
      const week = weekOf(at);
      return [
        JSON.stringify([workloadName, namespace, workloadKind, week, cluster]),
        { cluster, namespace, workloadKind, workloadName, week },
      ];
    }),
  );
  // In one order everywhere, so that two transactions wait for each other in no circle.
  const ordered = [...weeks].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  await statements(tx)(ordered);
}
