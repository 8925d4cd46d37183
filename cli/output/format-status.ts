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
  /** A size somebody asks about, such as that of the disk. */
  readonly limitBytes?: number | undefined;
}

interface CollectorReport {
  readonly cluster: string;
  readonly collector: string | undefined;
  readonly state: 'running' | 'silent' | 'never seen';
  readonly lastBeatAt: string | undefined;
  readonly dataUntil: string;
  readonly gapsOfLastDay: number;
}

interface Forecast {
  readonly keptDays: number | undefined;
  /** At the rate of the last day of data. */
  readonly bytesPerDay: number | undefined;
  /** Once as much expires as comes. */
  readonly forecastBytes: number | undefined;
  readonly limitBytes: number | undefined;
  /** Until the limit is reached; absent when it never is. */
  readonly daysToLimit: number | undefined;
}

/** Versioned: scripts are written against these names. */
export interface StatusReport {
  readonly apiVersion: 'mortem.dev/v1';
  readonly kind: 'Status';
  readonly collectors: readonly CollectorReport[];
  /** Each at most 100. */
  readonly batches: { readonly pending: number; readonly quarantined: number };
  readonly storage: StorageMeasure & Forecast;
}

export function toStatusReport({ status, storage, retention, now, limitBytes }: StatusSource): StatusReport {
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
    storage: { ...storage, ...forecast(storage, keptDays, limitBytes) },
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
  ...forecasted
}: StatusReport['storage']): string {
  const rows = `${observations} records, ${incidents} incidents, ${terminations} terminations`;
  return `Database: ${megabytes(bytes)}, ${rows}. ${observationsOfLastDay} records came in the last day of data${describeForecast(forecasted)}.`;
}

function describeForecast({ keptDays, bytesPerDay, forecastBytes, limitBytes, daysToLimit }: Forecast): string {
  if (bytesPerDay === undefined) return '';
  const rate = `, ${megabytes(bytesPerDay)}`;
  const whole = forecastBytes === undefined ? '' : `: at this rate ${megabytes(forecastBytes)} when they are kept ${keptDays} days`;
  if (limitBytes === undefined) return `${rate}${whole}`;
  const reached = daysToLimit === undefined ? 'is not reached' : `is reached in ${daysToLimit} days`;
  return `${rate}${whole}; ${megabytes(limitBytes)} ${reached}`;
}

/** Nothing can be reckoned before there is a record; records that are kept for ever never stop growing. */
function forecast(
  { bytes, observations, observationsOfLastDay }: StorageMeasure,
  keptDays: number | undefined,
  limitBytes: number | undefined,
): Forecast {
  if (observations === 0) return { keptDays, bytesPerDay: undefined, forecastBytes: undefined, limitBytes, daysToLimit: undefined };
  const bytesPerDay = Math.round((bytes / observations) * observationsOfLastDay);
  const forecastBytes = keptDays === undefined ? undefined : bytesPerDay * keptDays;
  const isReached = limitBytes !== undefined && (bytes >= limitBytes || (bytesPerDay > 0 && (forecastBytes ?? Infinity) > limitBytes));
  const daysToLimit = isReached ? Math.max(0, Math.ceil((limitBytes - bytes) / bytesPerDay)) : undefined;
  return { keptDays, bytesPerDay, forecastBytes, limitBytes, daysToLimit };
}

function orMore(count: number): string {
  return count === maxBatches ? `${count} or more` : String(count);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
