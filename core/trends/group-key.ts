import type { Image } from '../incident/incident.ts';
import type { TrendGrouping } from './trend.ts';
import type { TrendGroupKey } from './trend-rows.ts';

/** Where something that is counted happened. */
export interface TrendPlace {
  readonly cluster: string;
  readonly namespace: string;
  readonly workload: { readonly kind: string; readonly name: string };
  readonly container: string;
  readonly image: Image;
  readonly node: string;
}

/** The group of a place. */
export function groupKeyOf(by: TrendGrouping, { cluster, namespace, workload, container, image, node }: TrendPlace): TrendGroupKey {
  switch (by) {
    case 'workload':
      return { cluster, namespace, workload };
    case 'container':
      return { cluster, namespace, workload, container };
    case 'image':
      return { image };
    case 'namespace':
      return { cluster, namespace };
    case 'node':
      return { cluster, node };
    case 'cluster':
      return { cluster };
    default:
      return by satisfies never;
  }
}
