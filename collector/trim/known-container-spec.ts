import { hash } from 'node:crypto';
import { rememberText } from '#core/wire/canonical-text.ts';
import { createRecent } from '../recent.ts';
import type { Json } from './read-field.ts';
import { trimContainerSpec, type ContainerSpec } from './trim-container-spec.ts';

/** By the hash of the spec, which has values of env variables in it. For some dozen pods at once: the states of a pod come within seconds. */
const known = createRecent<ContainerSpec>(100);

/** `trimContainerSpec`, made and written once for all states of a pod. What it gives is frozen. */
export function knownContainerSpec(raw: Json, podSecurity: Json): ContainerSpec {
  const key = hash('sha256', JSON.stringify([raw, podSecurity]), 'base64url');
  const before = known.get(key);
  if (before !== undefined) return before;
  const spec = freezeWhole(trimContainerSpec(raw, podSecurity));
  // Not of the whole: a container is its spec and its status in one.
  for (const part of Object.values(spec)) if (typeof part === 'object') rememberText(part);
  known.set(key, spec);
  return spec;
}

function freezeWhole<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freezeWhole(part);
  return Object.freeze(value);
}
