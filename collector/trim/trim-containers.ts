import type { ContainerRole, ContainerStatus } from '#core/wire/container.ts';
import { knownContainerSpec } from './known-container-spec.ts';
import { trimContainerStatus } from './trim-container-status.ts';
import { identifier, object, objects, word, type Json } from './read-field.ts';

const maxContainers = 128;

interface ContainerLists {
  readonly specs: unknown;
  readonly statuses: unknown;
  readonly roleOf: (spec: Json) => ContainerRole;
}

/** All containers of a pod: init and sidecar, then app, then ephemeral, each list in spec order. */
export function trimContainers(spec: Json, status: Json): ContainerStatus[] {
  const security = object(spec.securityContext);
  const lists: readonly ContainerLists[] = [
    {
      specs: spec.initContainers,
      statuses: status.initContainerStatuses,
      // A native sidecar is an init container that is restarted for ever.
      roleOf: (container) => (container.restartPolicy === 'Always' ? 'sidecar' : 'init'),
    },
    { specs: spec.containers, statuses: status.containerStatuses, roleOf: () => 'app' },
    { specs: spec.ephemeralContainers, statuses: status.ephemeralContainerStatuses, roleOf: () => 'ephemeral' },
  ];
  return lists.flatMap((list) => joinByName(list, security)).slice(0, maxContainers);
}

/** Spec and status of each container; one without the other still appears. */
function joinByName({ specs, statuses, roleOf }: ContainerLists, security: Json): ContainerStatus[] {
  const reported = new Map<string, { readonly raw: Json; readonly index: number }>();
  for (const [index, raw] of objects(statuses, maxContainers).entries()) {
    const name = identifier(raw.name, 253);
    if (name !== undefined && !reported.has(name)) reported.set(name, { raw, index });
  }
  const specified = new Map<string, Json>();
  for (const raw of objects(specs, maxContainers)) {
    const name = identifier(raw.name, 253);
    if (name !== undefined && !specified.has(name)) specified.set(name, raw);
  }
  return [...new Set([...specified.keys(), ...reported.keys()])].map((name) => {
    const spec = specified.get(name);
    const status = reported.get(name);
    return {
      name,
      role: roleOf(spec ?? {}),
      image: word(spec?.image, 1024) ?? word(status?.raw.image, 1024) ?? '',
      ...(spec && knownContainerSpec(spec, security)),
      ...(status && trimContainerStatus(status.raw, status.index)),
    };
  });
}
