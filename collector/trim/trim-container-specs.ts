import { freezeWhole } from './freeze-whole.ts';
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

/** The containers of a pod's spec, frozen. */
export function trimContainerSpecs({ initContainers, containers, ephemeralContainers, securityContext }: Json): PodContainerSpecs {
  const security = object(securityContext);
  return {
    init: trimSpecs(initContainers, security),
    app: trimSpecs(containers, security),
    ephemeral: trimSpecs(ephemeralContainers, security),
  };
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
