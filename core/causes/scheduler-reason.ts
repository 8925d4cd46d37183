/** A taint named by a scheduler message; the newest wording names none. */
export interface NamedTaint {
  readonly key: string;
  readonly value: string;
  /** What kind of taint it is by its key: a node condition, the control plane, or one that somebody set. */
  readonly class: TaintClass;
}

export type TaintClass =
  | 'not-ready'
  | 'unreachable'
  | 'disk-pressure'
  | 'memory-pressure'
  | 'pid-pressure'
  | 'network-unavailable'
  | 'unschedulable'
  | 'out-of-service'
  | 'uninitialized'
  | 'control-plane'
  | 'custom';

/** Why nodes were refused. `count` is absent where the reason holds for the pod as a whole. */
export interface SchedulerReason {
  readonly count?: number;
  readonly text: string;
  /** `unexplained` for the text of a plugin that is not known here. */
  readonly cause: string;
  readonly resource?: string;
  readonly taint?: NamedTaint;
}

/** In order of precedence where counts are equal: what the pod itself asks for before what the nodes happen to have. */
export const schedulerReasonPatterns: readonly { readonly cause: string; readonly pattern: RegExp }[] = [
  {
    cause: 'pvc-unbound',
    pattern: /unbound immediate PersistentVolumeClaims|persistentvolumeclaim "[^"]{1,253}" bound to non-existent persistentvolume/,
  },
  {
    cause: 'pvc-missing',
    pattern: /persistentvolumeclaim "[^"]{1,253}" (?:not found|is being deleted)|waiting for ephemeral volume controller to create/,
  },
  {
    cause: 'volume-topology',
    pattern:
      /didn't find available persistent volumes to bind|volume node affinity conflict|didn't match PersistentVolume's node affinity|did not have enough free storage|pvc\(s\) bound to non-existent pv\(s\)/,
  },
  { cause: 'volume-zone', pattern: /no available volume zone|^NoVolumeZoneConflict/ },
  { cause: 'volume-limit', pattern: /exceed max volume count/ },
  { cause: 'csi-missing', pattern: /CSI driver is not installed on the node/ },
  { cause: 'volume-conflict', pattern: /had no available disk|no available disk conflict|ReadWriteOncePod access mode already in-use/ },
  {
    cause: 'dra',
    pattern:
      /cannot allocate all claims|resourceclaim not available on the node|device class .{1,253} does not exist|resourceclaim .{1,253} not found/,
  },
  {
    cause: 'node-selector',
    pattern:
      /didn't match (?:Pod's )?node (?:affinity\/selector|selector|affinity)|scheduler-enforced node affinity|pod affinity terms conflict|^MatchNodeSelector/,
  },
  { cause: 'node-name', pattern: /didn't match the requested (?:node name|hostname)/ },
  {
    cause: 'pod-affinity',
    pattern: /didn't match pod (?:anti-)?affinity|existing pods anti-affinity rules|^MatchInterPodAffinity/,
  },
  { cause: 'topology-spread', pattern: /pod topology spread constraints/ },
  { cause: 'host-port', pattern: /didn't have free ports for the requested pod ports|^PodFitsHostPorts/ },
  { cause: 'node-features', pattern: /didn't match Pod's required features/ },
  { cause: 'taint', pattern: /had (?:untolerated )?taints?\b|untolerated taint\(s\)|^PodToleratesNodeTaints/ },
  { cause: 'node-not-ready', pattern: /had unknown conditions|were not ready|were out of disk|had (?:disk|memory|pid) pressure/ },
  { cause: 'cordoned', pattern: /were unschedulable/ },
  { cause: 'scheduler-plugin', pattern: /didn't satisfy plugin\(s\)/ },
  { cause: 'max-pods', pattern: /^Too many pods/ },
  { cause: 'autoscaler-limit', pattern: /max node group size reached|max limit reached|in backoff after failed scale-up/ },
];

const insufficient = /^Insufficient ([^\s,]{1,317})/;
const taintText = /\{([^:{}]{1,317}):? ?([^{}]{0,63})\}/;
const nodeConditions: readonly TaintClass[] = [
  'not-ready',
  'unreachable',
  'disk-pressure',
  'memory-pressure',
  'pid-pressure',
  'network-unavailable',
  'unschedulable',
  'out-of-service',
];

function taintClass(key: string): TaintClass {
  if (/^node-role\.kubernetes\.io\/(?:control-plane|master|controlplane|etcd)$/.test(key)) return 'control-plane';
  if (key === 'node.cloudprovider.kubernetes.io/uninitialized') return 'uninitialized';
  return nodeConditions.find((condition) => key === `node.kubernetes.io/${condition}`) ?? 'custom';
}

function namedTaint(text: string): NamedTaint | undefined {
  const [, key, value = ''] = taintText.exec(text) ?? [];
  return key === undefined ? undefined : { key: key.trim(), value: value.trim(), class: taintClass(key.trim()) };
}

/** Reads one reason of the scheduler, with its count of nodes where it had one. */
export function schedulerReason(text: string, count?: number): SchedulerReason {
  const counted = count === undefined ? { text } : { count, text };
  const resource = insufficient.exec(text)?.[1]?.replace(/[.;]$/, '');
  if (resource !== undefined) return { ...counted, cause: `insufficient-${resource}`, resource };
  const cause = schedulerReasonPatterns.find(({ pattern }) => pattern.test(text))?.cause ?? 'unexplained';
  const taint = cause === 'taint' ? namedTaint(text) : undefined;
  return { ...counted, cause, ...(taint !== undefined && { taint }) };
}
