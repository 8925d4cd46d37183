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
  const spec = rememberText(trimContainerSpec(raw, podSecurity));
  known.set(key, spec);
  return spec;
}
