import { hashText } from '#core/wire/observation-id.ts';
import type { OpenDatabase } from '../../../db/database.ts';
import { hourOf } from '../../../db/hour.ts';
import { fleetEnd, type FleetOptions } from './make-fleet.ts';
import { day } from './story.ts';

const perStatement = 500;
const perTransaction = 20_000;

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
    await transact(async ({ db, tables }) => {
      for (let from = at; from < end; from += perStatement) {
        const rows = Array.from({ length: Math.min(perStatement, end - from) }, (_, index) => rowOf(from + index));
        await db.insert(tables.observations).values(rows);
      }
    });
    if (end % 1_000_000 < perTransaction) onProgress(end);
  }
}
