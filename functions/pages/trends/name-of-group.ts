import { shortImage } from '#core/incident/image.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import type { TrendGroup } from '#core/trends/trend.ts';

/** What tells a group from the others of its answer; from outside. */
export function nameOfGroup({ workload, container, image, node, namespace, cluster, key }: TrendGroup): string {
  const own = workload === undefined ? undefined : `${workload.name}${container === undefined ? '' : ` / ${container}`}`;
  return visibleLine(own ?? (image === undefined ? undefined : shortImage(image)) ?? node ?? namespace ?? cluster ?? key, 200);
}
