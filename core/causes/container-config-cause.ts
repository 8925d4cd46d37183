import { firstMatch } from './first-match.ts';
import type { CausePattern } from './first-match.ts';
import { missingObject } from './missing-object.ts';
import type { ConfigObject, MissingObject } from './missing-object.ts';
import { plainMessage } from './plain-message.ts';

export type ContainerConfigCause =
  | MissingObject['cause']
  | 'config-cache-not-synced'
  | 'bad-env-file'
  | 'bad-mount-ref'
  | 'bad-subpath'
  | 'bad-subpath-expr'
  | 'run-as-non-root'
  | 'recursive-ro'
  | 'ephemeral-target'
  | 'node-fs';

/** Env file texts stand first: their missing key is no key of a ConfigMap. */
export const containerConfigPatterns: readonly CausePattern<Exclude<ContainerConfigCause, MissingObject['cause']>>[] = [
  {
    cause: 'bad-env-file',
    pattern:
      /couldn't parse env file|environment variable key "[^"]{1,253}" not found in file|cannot find the volume "[^"]{1,253}" referenced by FileKeyRef/,
  },
  { cause: 'bad-mount-ref', pattern: /cannot find volume "[^"]{1,253}" to (?:mount into|pass into) container/ },
  {
    cause: 'bad-subpath',
    pattern:
      /error SubPath `[^`]{0,1024}` must not be an absolute path|unable to provision SubPath|failed to create subPath directory for volumeMount|failed to prepare subPath for volumeMount/,
  },
  {
    cause: 'run-as-non-root',
    pattern:
      /container's runAsUser breaks non-root policy|container has runAsNonRoot and image (?:will run as root|has non-numeric user|has an invalid user id)/,
  },
  { cause: 'recursive-ro', pattern: /failed to resolve recursive read-only mode/ },
  { cause: 'ephemeral-target', pattern: /unable to find target container/ },
  { cause: 'node-fs', pattern: /create container log directory for container .{1,253} failed/ },
  {
    cause: 'config-cache-not-synced',
    pattern:
      /object "[^"]{0,253}"\/"[^"]{0,253}" not registered|failed to sync (?:configmap|secret) cache|services have not yet been read at least once/,
  },
  { cause: 'bad-subpath-expr', pattern: /^missing value for \S{1,253}/ },
];

export interface ContainerConfigFinding {
  readonly cause: ContainerConfigCause;
  readonly matched: string;
  readonly object?: ConfigObject;
  /** The kubelet had not read its objects yet; the next try passes. */
  readonly transient?: true;
}

const unregistered = /object "([^"]{1,253})"\/"([^"]{1,253})" not registered/;

/** Why the kubelet could not build the configuration of a container: `CreateContainerConfigError` and its `Failed` event. */
export function containerConfigCause(message: string): ContainerConfigFinding | undefined {
  const text = plainMessage(message).replace(/^Error: /, '');
  const found = firstMatch(containerConfigPatterns, text);
  if (found === undefined) return missingObject(text);
  if (found.cause !== 'config-cache-not-synced') return found;
  const [, namespace, name] = unregistered.exec(text) ?? [];
  return { ...found, transient: true, ...(namespace !== undefined && name !== undefined && { object: { namespace, name } }) };
}
