import { hashText } from '#core/wire/observation-id.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import type { TrendDay } from '#core/trends/trend-rows.ts';
import type { Tables } from '../schema.ts';
import { imageColumns } from './image-columns.ts';

export type TrendDayRow = Tables['trendDays']['$inferSelect'];

export function trendDayRow(
  workload: WorkloadKey,
  { of, day, image, container, node, detail, count, firstAt, lastAt }: TrendDay,
): TrendDayRow {
  const { cluster, namespace, kind, name } = workload;
  const place = [cluster, namespace, kind, name, container, image.ref, image.digest, node, detail];
  return {
    subject: of,
    day,
    key: hashText(JSON.stringify(place)).slice(0, 32),
    cluster,
    namespace,
    workloadKind: kind,
    workloadName: name,
    container,
    ...imageColumns(image),
    artefact: image.digest ?? image.ref,
    node,
    detail,
    count,
    firstAt,
    lastAt,
  };
}
