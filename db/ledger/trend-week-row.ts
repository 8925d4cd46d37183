import type { WorkloadKey } from '#core/store-model.ts';
import type { TrendColumns, TrendWeek } from '#core/trends/trend-week.ts';
import { hashText } from '#core/wire/observation-id.ts';
import type { Tables } from '../schema.ts';

export type TrendWeekRow = Tables['trendWeeks']['$inferSelect'];

/** In the order of {@link TrendWeek.days}. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export const trendWeekColumns = [
  'subject',
  'week',
  'key',
  'cluster',
  'namespace',
  'workloadKind',
  'workloadName',
  'container',
  'imageRef',
  'tag',
  'digest',
  'artefact',
  ...weekdays,
  'columns',
] as const satisfies (keyof TrendWeekRow)[];

export function trendWeekRow(workload: WorkloadKey, { of, week, container, image, days, columns }: TrendWeek): TrendWeekRow {
  const { cluster, namespace, kind, name } = workload;
  const [mon = 0, tue = 0, wed = 0, thu = 0, fri = 0, sat = 0, sun = 0] = days;
  return {
    subject: of,
    week,
    key: hashText(JSON.stringify([cluster, namespace, kind, name, container, image.ref, image.digest])).slice(0, 32),
    cluster,
    namespace,
    workloadKind: kind,
    workloadName: name,
    container,
    imageRef: image.ref,
    tag: image.tag ?? null,
    digest: image.digest ?? null,
    artefact: image.digest ?? image.ref,
    mon,
    tue,
    wed,
    thu,
    fri,
    sat,
    sun,
    columns: JSON.stringify(columns),
  };
}

/** Only {@link trendWeekRow} writes these texts. */
export function columnsOf({ columns }: Pick<TrendWeekRow, 'columns'>): TrendColumns {
  const parsed: TrendColumns = JSON.parse(columns);
  return parsed;
}
