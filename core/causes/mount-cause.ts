import { firstMatch } from './first-match.ts';
import type { CausePattern } from './first-match.ts';
import { missingObject } from './missing-object.ts';
import type { ConfigObject, MissingObject } from './missing-object.ts';
import { parseMountMessage } from './parse-mount-message.ts';
import type { MountMessage } from './parse-mount-message.ts';
import { plainMessage } from './plain-message.ts';

export type MountCause =
  | MissingObject['cause']
  | 'config-cache-not-synced'
  | 'service-account-missing'
  | 'csi-driver-missing-on-node'
  | 'attach-timeout'
  | 'multi-attach'
  | 'rwop-in-use'
  | 'hostpath-type'
  | 'mount-command'
  | 'attach-limit'
  | 'slow';

export const mountPatterns: readonly CausePattern<Exclude<MountCause, MissingObject['cause']>>[] = [
  {
    cause: 'config-cache-not-synced',
    pattern: /failed to sync (?:configmap|secret) cache|object "[^"]{0,253}"\/"[^"]{0,253}" not registered/,
  },
  {
    cause: 'service-account-missing',
    pattern: /failed to fetch token: .{0,80}serviceaccounts? "[^"]{1,253}" not found/,
  },
  { cause: 'csi-driver-missing-on-node', pattern: /driver name \S{1,253} not found in the list of registered CSI drivers/ },
  { cause: 'attach-timeout', pattern: /timed out waiting for external-attacher/ },
  { cause: 'multi-attach', pattern: /Multi-Attach error for volume/ },
  { cause: 'rwop-in-use', pattern: /uses the ReadWriteOncePod access mode and is already in use by another pod/ },
  { cause: 'hostpath-type', pattern: /hostPath type check failed: .{1,400}/ },
  { cause: 'mount-command', pattern: /mount failed: (?:exit status \d{1,3}|signal: \w{1,20}|fork\/exec .{1,200})/ },
  { cause: 'attach-limit', pattern: /volume attachment limit|attachment limit exceeded|VolumeAttachmentLimitExceeded/ },
  {
    cause: 'slow',
    pattern: /[Ss]etting volume ownership for |VolumePermissionChangeInProgress/,
  },
];

export type MountOutput = 'access-denied-by-server' | 'no-such-file' | 'wrong-fs' | 'timed-out' | 'permission-denied' | 'other';

/** What the mount command printed, for `mount-command`. */
export const mountOutputPatterns: readonly CausePattern<MountOutput>[] = [
  { cause: 'access-denied-by-server', pattern: /access denied by server/ },
  { cause: 'wrong-fs', pattern: /wrong fs type, bad option, bad superblock|unknown filesystem type/ },
  { cause: 'no-such-file', pattern: /[Nn]o such file or directory|special device .{1,253} does not exist/ },
  { cause: 'timed-out', pattern: /[Cc]onnection timed out|No route to host/ },
  { cause: 'permission-denied', pattern: /[Pp]ermission denied/ },
];

export interface MountFinding {
  readonly cause: MountCause;
  readonly matched: string;
  /** The first of `volumes`, which is what most texts name. */
  readonly volume?: string;
  readonly volumes: readonly string[];
  readonly operation?: string;
  readonly object?: ConfigObject;
  readonly output?: MountOutput;
  /** Seen in healthy pods too: right after scheduling, or while a rolling update hands a volume over. */
  readonly transient?: true;
}

function volumeOf(frame: MountMessage | undefined): Pick<MountFinding, 'volume' | 'volumes' | 'operation'> {
  const volumes = frame?.volumes ?? [];
  const [volume] = volumes;
  return {
    volumes,
    ...(volume !== undefined && { volume }),
    ...(frame?.operation !== undefined && { operation: frame.operation }),
  };
}

/** Why a volume could not be attached or mounted. `undefined` where the text names no cause, as a bare time-out. */
export function mountCause(message: string): MountFinding | undefined {
  const text = plainMessage(message);
  const frame = parseMountMessage(text);
  const detail = frame?.operation === undefined || frame.operation === 'Multi-Attach' ? text : frame.detail;
  const found = firstMatch(mountPatterns, detail) ?? missingObject(detail);
  if (found === undefined) return undefined;
  const transient = found.cause === 'config-cache-not-synced' || found.cause === 'multi-attach';
  return {
    ...found,
    ...volumeOf(frame),
    ...(found.cause === 'mount-command' && { output: firstMatch(mountOutputPatterns, detail)?.cause ?? 'other' }),
    ...(transient && { transient: true as const }),
  };
}
