import { parseQuantity } from '#core/rules/quantity.ts';
import { identifier, object, objects, text, time } from '../trim/read-field.ts';

/** What `metrics.k8s.io` says of the containers of one pod at one moment of its node's clock. */
export interface PodUsage {
  readonly namespace: string;
  readonly pod: string;
  readonly second: number;
  readonly containers: readonly { readonly name: string; readonly kibibytes: number }[];
}

const mostKibibytes = 2 ** 32 - 1;

/** A PodMetrics object; undefined for what is none. A container without a usable number is left out. */
export function parsePodUsage(raw: unknown): PodUsage | undefined {
  const { metadata, timestamp, containers } = object(raw);
  const namespace = identifier(object(metadata).namespace, 253);
  const pod = identifier(object(metadata).name, 253);
  const at = time(timestamp);
  if (namespace === undefined || pod === undefined || at === undefined) return undefined;
  const measured = objects(containers, 128).flatMap((container) => {
    const name = identifier(container.name, 253);
    const bytes = parseQuantity(text(object(container.usage).memory, 64) ?? '');
    return name === undefined || bytes === undefined ? [] : [{ name, kibibytes: Math.min(Math.floor(bytes / 1024), mostKibibytes) }];
  });
  return { namespace, pod, second: Math.floor(Date.parse(at) / 1000), containers: measured };
}
