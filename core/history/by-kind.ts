import type { Observation } from '../wire/observation.ts';

type OfKind<K extends Observation['kind']> = Extract<Observation, { kind: K }>;

/** Observations told apart by what they are about, each in the order in which they came. */
export type ByKind = { readonly [K in Observation['kind']]: OfKind<K>[] };

export function byKind(observations: readonly Observation[]): ByKind {
  const found: ByKind = { pod: [], event: [], log: [], usage: [], workload: [], node: [], coverage: [] };
  for (const item of observations) put(found, item);
  return found;
}

function put(found: ByKind, item: Observation): void {
  switch (item.kind) {
    case 'pod':
      found.pod.push(item);
      break;
    case 'event':
      found.event.push(item);
      break;
    case 'log':
      found.log.push(item);
      break;
    case 'usage':
      found.usage.push(item);
      break;
    case 'workload':
      found.workload.push(item);
      break;
    case 'node':
      found.node.push(item);
      break;
    case 'coverage':
      found.coverage.push(item);
      break;
    default:
      item satisfies never;
  }
}
