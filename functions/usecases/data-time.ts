import type { LedgerStore } from '#core/ledger/ledger-store.ts';

/** Latest data time of what a reader asks about, and of each cluster in it; 0 where nothing was ever stored. */
export interface DataTime {
  readonly through: number;
  readonly of: (cluster: string | undefined) => number;
}

/** Spans are counted back from the data's own time: a cluster that was recorded last year has its last 30 days as well. */
export async function dataTime(ledger: Pick<LedgerStore, 'watermarks'>, cluster: string | undefined): Promise<DataTime> {
  const watermarks = await ledger.watermarks(cluster);
  const through = Math.max(0, ...watermarks.values());
  return { through, of: (name) => (name === undefined ? through : (watermarks.get(name) ?? through)) };
}
