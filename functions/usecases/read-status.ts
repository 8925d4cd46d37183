import type { IncidentStore } from '#core/ports.ts';
import type { BatchRow, CollectorBeat } from '#core/store-model.ts';
import { day, type Instant } from '#core/time/instant.ts';
import type { CoverageObservation } from '#core/wire/coverage.ts';
import { isInScope, type ReadScope } from './read-scope.ts';

export interface ClusterStatus {
  readonly cluster: string;
  /** Latest data time. */
  readonly watermark: Instant;
  readonly collectors: readonly CollectorBeat[];
  /** Notes within {@link noteSpan}. */
  readonly missed: number;
}

export interface Status {
  readonly clusters: readonly ClusterStatus[];
  /** What was not seen or not kept lately, newest first; redactions are none of that. */
  readonly notes: readonly CoverageObservation[];
  /** Batches that are accepted and wait, at most {@link maxBatches}. */
  readonly pending: readonly BatchRow[];
  readonly quarantined: readonly BatchRow[];
}

export interface StatusDeps {
  readonly store: Pick<IncidentStore, 'clusters' | 'collectors' | 'coverageSince' | 'pendingBatches' | 'quarantinedBatches'>;
}

/** Of each kind: a page says "100 or more" rather than count a backlog. */
export const maxBatches = 100;
/** How far back from the newest data of all clusters. */
export const noteSpan = day;

/** Which clusters send, how far their data reaches, and what they missed. */
export async function readStatus({ store }: StatusDeps, scope: ReadScope): Promise<Status> {
  const visible = <T extends { readonly cluster: string }>(items: readonly T[]) => items.filter((item) => isInScope(scope, item));
  const known = visible(await store.clusters());
  const newest = known.reduce((latest, { watermark }) => Math.max(latest, watermark), 0);
  const collectors = Map.groupBy(visible(await store.collectors()), ({ cluster }) => cluster);
  const notes = (await store.coverageSince(newest - noteSpan, scope.cluster)).filter(({ note }) => note !== 'redacted').toReversed();
  return {
    clusters: known.map(({ cluster, watermark }) => ({
      cluster,
      watermark,
      collectors: collectors.get(cluster) ?? [],
      missed: notes.filter((note) => note.cluster === cluster).length,
    })),
    notes,
    pending: visible(await store.pendingBatches(maxBatches)),
    quarantined: visible(await store.quarantinedBatches(maxBatches)),
  };
}
