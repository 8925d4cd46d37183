import { hashText } from '#core/wire/observation-id.ts';
import type { OpenDatabase } from '../../../db/database.ts';
import { hourOf } from '../../../db/hour.ts';
import { prepared } from '../../../db/prepared.ts';
import { createRowInserter } from '../../../db/row-inserter.ts';
import { fleetEnd, type FleetOptions } from './make-fleet.ts';
import { day } from './story.ts';

const perTransaction = 25_600;

const inserter = prepared((connection) =>
  createRowInserter(connection, {
    name: 'fleet_observations',
    columns: ['cluster', 'key', 'kind', 'namespace', 'subject', 'observedAt', 'hour', 'evidence', 'body'],
    insert: (rows) => connection.db.insert(connection.tables.observations).values(rows),
  }),
);

/**
 * Rows of the index over observations as a year leaves them, in the order of time and without the bodies: they are what the
 * ledger shares its database and its cache with.
 */
export async function fillObservations(
  { transact }: Pick<OpenDatabase, 'transact'>,
  { clusters, days }: FleetOptions,
  count: number,
  onProgress: (written: number) => void,
): Promise<void> {
  const start = fleetEnd - days * day;
  const step = (days * day) / Math.max(1, count);
  const rowOf = (index: number) => {
    const observedAt = Math.floor(start + index * step);
    const id = hashText(String(index));
    return {
      cluster: `cluster-${String(index % clusters).padStart(2, '0')}`,
      key: `${observedAt.toString(36).padStart(9, '0')}${id.slice(0, 16)}`,
      kind: 'pod',
      namespace: `team-${index % 4}`,
      subject: id.slice(0, 24),
      observedAt,
      hour: hourOf(observedAt),
      evidence: `EV-${id.slice(0, 16)}`,
      body: '{}',
    };
  };
  for (let at = 0; at < count; at += perTransaction) {
    const end = Math.min(count, at + perTransaction);
    await transact((tx) => inserter(tx)(Array.from({ length: end - at }, (_, index) => rowOf(at + index))));
    if (end % 1_000_000 < perTransaction) onProgress(end);
  }
}
