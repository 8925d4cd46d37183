import { hash } from 'node:crypto';
import { rememberText } from '#core/wire/canonical-text.ts';
import { createRecent } from '#core/recent.ts';
import { identifier, object, objects, type Json } from './read-field.ts';
import { trimContainerSpec, type ContainerSpec } from './trim-container-spec.ts';

/** What a list of the spec of a pod says of its containers, by name and in its order. */
export type ContainerSpecs = ReadonlyMap<string, { readonly head: ContainerHead; readonly trimmed: ContainerSpec }>;

/** Read beside the trimmed spec. */
export interface ContainerHead {
  readonly image?: unknown;
  readonly restartPolicy?: unknown;
}

export interface PodContainerSpecs {
  readonly init: ContainerSpecs;
  readonly app: ContainerSpecs;
  readonly ephemeral: ContainerSpecs;
}

export const maxContainers = 128;

/** By a hash, for there are values of env variables in it. For some dozen pods at once: the states of a pod come within seconds. */
const known = createRecent<{ readonly specs: PodContainerSpecs; isWritten: boolean }>(16);

/** The containers of a pod's spec, trimmed once for all its states. What it gives is frozen, and its texts are made when it comes again. */
export function knownContainerSpecs({ initContainers, containers, ephemeralContainers, securityContext }: Json): PodContainerSpecs {
  const content = JSON.stringify([initContainers, containers, ephemeralContainers, securityContext]);
  const key = hash('sha256', content, 'base64url');
  const before = known.get(key);
  if (before !== undefined) {
    if (!before.isWritten) for (const list of Object.values(before.specs)) rememberTexts(list);
    before.isWritten = true;
    return before.specs;
  }
  const security = object(securityContext);
  const specs = {
    init: trimSpecs(initContainers, security),
    app: trimSpecs(containers, security),
    ephemeral: trimSpecs(ephemeralContainers, security),
  };
  known.set(key, { specs, isWritten: false });
  return specs;
}

function trimSpecs(value: unknown, security: Json): ContainerSpecs {
  const specs = new Map<string, { readonly head: ContainerHead; readonly trimmed: ContainerSpec }>();
  for (const raw of objects(value, maxContainers)) {
    const name = identifier(raw.name, 253);
    if (name === undefined || specs.has(name)) continue;
    const trimmed = freezeWhole(trimContainerSpec(raw, security));
    specs.set(name, { head: { image: raw.image, restartPolicy: raw.restartPolicy }, trimmed });
  }
  return specs;
}

/** Not of the whole: a container is its spec and its status in one. */
function rememberTexts(specs: ContainerSpecs): void {
  for (const { trimmed } of specs.values()) for (const part of Object.values(trimmed)) if (typeof part === 'object') rememberText(part);
}

function freezeWhole<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freezeWhole(part);
  return Object.freeze(value);
}
