import type { ContainerRole, ContainerStatus } from '#core/wire/container.ts';
import { knownContainerSpecs, maxContainers, type ContainerHead, type ContainerSpecs } from './known-container-specs.ts';
import { trimContainerStatus } from './trim-container-status.ts';
import { identifier, objects, word, type Json } from './read-field.ts';

interface ContainerLists {
  readonly specs: ContainerSpecs;
  readonly statuses: unknown;
  readonly roleOf: (spec: ContainerHead) => ContainerRole;
}

/** All containers of a pod: init and sidecar, then app, then ephemeral, each list in spec order. */
export function trimContainers(spec: Json, status: Json): ContainerStatus[] {
  const specs = knownContainerSpecs(spec);
  const lists: readonly ContainerLists[] = [
    {
      specs: specs.init,
      statuses: status.initContainerStatuses,
      // A native sidecar is an init container that is restarted for ever.
      roleOf: (container) => (container.restartPolicy === 'Always' ? 'sidecar' : 'init'),
    },
    { specs: specs.app, statuses: status.containerStatuses, roleOf: () => 'app' },
    { specs: specs.ephemeral, statuses: status.ephemeralContainerStatuses, roleOf: () => 'ephemeral' },
  ];
  return lists.flatMap(joinByName).slice(0, maxContainers);
}

/** Spec and status of each container; one without the other still appears. */
function joinByName({ specs, statuses, roleOf }: ContainerLists): ContainerStatus[] {
  const reported = new Map<string, { readonly raw: Json; readonly index: number }>();
  for (const [index, raw] of objects(statuses, maxContainers).entries()) {
    const name = identifier(raw.name, 253);
    if (name !== undefined && !reported.has(name)) reported.set(name, { raw, index });
  }
  return [...new Set([...specs.keys(), ...reported.keys()])].map((name) => {
    const spec = specs.get(name);
    const status = reported.get(name);
    return {
      name,
      role: roleOf(spec?.head ?? {}),
      image: word(spec?.head.image, 1024) ?? word(status?.raw.image, 1024) ?? '',
      ...spec?.trimmed,
      ...(status && trimContainerStatus(status.raw, status.index)),
    };
  });
}
