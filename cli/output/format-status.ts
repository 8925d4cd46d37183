import type { StorageMeasure } from '#core/ports.ts';
import type { Retention } from '../../functions/usecases/expire.ts';
import { maxBatches, type Status } from '../../functions/usecases/read-status.ts';
import { formatTable } from './print-table.ts';

const dayMs = 86_400_000;
/** A collector beats every minute. */
const silentAfterMs = 300_000;

export interface StatusSource {
  readonly status: Status;
  readonly storage: StorageMeasure;
  readonly retention: Retention;
  readonly now: Date;
}

interface CollectorReport {
  readonly cluster: string;
  readonly collector: string | undefined;
  readonly state: 'running' | 'silent' | 'never seen';
  readonly lastBeatAt: string | undefined;
  readonly dataUntil: string;
  readonly gapsOfLastDay: number;
}

/** Versioned: scripts are written against these names. */
export interface StatusReport {
  readonly apiVersion: 'mortem.dev/v1';
  readonly kind: 'Status';
  readonly collectors: readonly CollectorReport[];
  /** Each at most 100. */
  readonly batches: { readonly pending: number; readonly quarantined: number };
  readonly storage: StorageMeasure & { readonly forecastBytes: number | undefined; readonly keptDays: number | undefined };
}

export function toStatusReport({ status, storage, retention, now }: StatusSource): StatusReport {
  const keptDays = retention.observationsMs === undefined ? undefined : retention.observationsMs / dayMs;
  return {
    apiVersion: 'mortem.dev/v1',
    kind: 'Status',
    collectors: status.clusters.flatMap(({ cluster, watermark, collectors, missed }): readonly CollectorReport[] => {
      const shared = { cluster, dataUntil: new Date(watermark).toISOString(), gapsOfLastDay: missed };
      if (collectors.length === 0) return [{ ...shared, collector: undefined, state: 'never seen', lastBeatAt: undefined }];
      return collectors.map(({ name, beatAt }) => ({
        ...shared,
        collector: name,
        state: now.getTime() - beatAt > silentAfterMs ? 'silent' : 'running',
        lastBeatAt: new Date(beatAt).toISOString(),
      }));
    }),
    batches: { pending: status.pending.length, quarantined: status.quarantined.length },
    storage: { ...storage, keptDays, forecastBytes: forecast(storage, keptDays) },
  };
}

export function formatStatus({ collectors, batches, storage }: StatusReport): string {
  const rows = collectors.map(({ cluster, collector, state, lastBeatAt, dataUntil, gapsOfLastDay }) => [
    cluster,
    collector ?? '-',
    state,
    lastBeatAt ?? '-',
    dataUntil,
    String(gapsOfLastDay),
  ]);
  const table =
    rows.length === 0
      ? 'No cluster has sent anything yet.'
      : formatTable(['CLUSTER', 'COLLECTOR', 'STATE', 'LAST BEAT', 'DATA UNTIL', 'GAPS'], rows);
  return [table, '', describeBatches(batches), describeStorage(storage)].join('\n');
}

function describeBatches({ pending, quarantined }: StatusReport['batches']): string {
  const waiting = `Batches: ${orMore(pending)} wait, ${orMore(quarantined)} are set aside`;
  return quarantined === 0 ? `${waiting}.` : `${waiting}: "mortem redrive --dry-run" says why.`;
}

function describeStorage({
  bytes,
  observations,
  observationsOfLastDay,
  incidents,
  terminations,
  forecastBytes,
  keptDays,
}: StatusReport['storage']): string {
  const rows = `${observations} records, ${incidents} incidents, ${terminations} terminations`;
  const growth =
    forecastBytes === undefined
      ? `${observationsOfLastDay} records came in the last day of data.`
      : `${observationsOfLastDay} records came in the last day of data: at this rate ${megabytes(forecastBytes)} when they are kept ${keptDays} days.`;
  return `Database: ${megabytes(bytes)}, ${rows}. ${growth}`;
}

/** Undefined where nothing can be reckoned: no record yet, or records that are kept for ever. */
function forecast({ bytes, observations, observationsOfLastDay }: StorageMeasure, keptDays: number | undefined): number | undefined {
  if (keptDays === undefined || observations === 0) return undefined;
  return Math.round((bytes / observations) * observationsOfLastDay * keptDays);
}

function orMore(count: number): string {
  return count === maxBatches ? `${count} or more` : String(count);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
