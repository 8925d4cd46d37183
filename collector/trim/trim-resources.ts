import type { ContainerStatus } from '#core/wire/container.ts';
import { compact } from './compact.ts';
import { isObject, textMap } from './read-field.ts';

/** Requests and limits, quantities as written; undefined when neither is set. */
export function trimResources(value: unknown): ContainerStatus['resources'] {
  if (!isObject(value)) return undefined;
  const requests = textMap(value.requests);
  const limits = textMap(value.limits);
  return requests === undefined && limits === undefined ? undefined : compact({ requests, limits });
}
