/** What can be switched off, and takes its rights with it. */
export type Feature = 'core' | 'logs' | 'nodes' | 'usage';
export type Verb = 'get' | 'list' | 'watch';

/** One right of the collector: what asks for it, and what a report lacks without it. */
export interface AccessRow {
  /** Empty for the core group. */
  readonly apiGroup: string;
  /** Plural, with a subresource as RBAC writes it: `pods/log`. */
  readonly resource: string;
  readonly verb: Verb;
  readonly feature: Feature;
  /** False for what belongs to no namespace and so needs a ClusterRole. */
  readonly namespaced: boolean;
  readonly neededFor: string;
  readonly lost: string;
}

interface WatchedRow {
  readonly apiGroup: string;
  readonly resource: string;
  readonly feature?: Feature;
  readonly namespaced?: boolean;
  readonly neededFor: string;
  /** Without `list` nothing is seen at all; without `watch` only what was there at the start. */
  readonly lost: string;
}

const watched: readonly WatchedRow[] = [
  {
    apiGroup: '',
    resource: 'pods',
    neededFor: 'states, restarts and deaths of containers',
    lost: 'every incident: no pod state, no death and no log is recorded',
  },
  {
    apiGroup: '',
    resource: 'events',
    neededFor: 'what the kubelet, the scheduler and the controllers say',
    lost: 'the words of failures: image pull errors, scheduling, failed mounts and probes, FailedCreate',
  },
  {
    apiGroup: '',
    resource: 'nodes',
    feature: 'nodes',
    namespaced: false,
    neededFor: 'Ready and pressure conditions of nodes',
    lost: 'lost nodes and node pressure: NodeLost and evictions stay without their cause',
  },
  {
    apiGroup: 'apps',
    resource: 'deployments',
    neededFor: 'replicas, images and conditions of Deployments',
    lost: 'when a Deployment recovered, and what was rolled out or back',
  },
  {
    apiGroup: 'apps',
    resource: 'replicasets',
    neededFor: 'revisions of Deployments and the owners of their pods',
    lost: 'revisions and their images, so rollouts and rollbacks; the Deployment is guessed from the names of its pods',
  },
  {
    apiGroup: 'apps',
    resource: 'statefulsets',
    neededFor: 'replicas, images and conditions of StatefulSets',
    lost: 'when a StatefulSet recovered, and what was rolled out or back',
  },
  {
    apiGroup: 'apps',
    resource: 'daemonsets',
    neededFor: 'replicas, images and conditions of DaemonSets',
    lost: 'when a DaemonSet recovered, and what was rolled out or back',
  },
  {
    apiGroup: 'batch',
    resource: 'jobs',
    neededFor: 'the outcome of Jobs and the CronJob of a pod',
    lost: 'JobFailed and DeadlineExceeded; pods of a CronJob are told as Jobs, each on its own',
  },
  {
    apiGroup: 'batch',
    resource: 'cronjobs',
    neededFor: 'schedule and image of CronJobs',
    lost: 'changes of a CronJob between two of its runs',
  },
];

const single: readonly AccessRow[] = [
  {
    apiGroup: '',
    resource: 'pods',
    verb: 'get',
    feature: 'core',
    namespaced: true,
    neededFor: 'the check that a log belongs to the container instance that died, and that a pod is gone and not just bound',
    lost: 'logs of running containers; logs of deaths are tied to their instance by time stamps alone',
  },
  {
    apiGroup: '',
    resource: 'pods/log',
    verb: 'get',
    feature: 'logs',
    namespaced: true,
    neededFor: 'the last lines of dead and of unready containers',
    lost: 'all logs: causes that only a log proves become unknown-app-exit',
  },
  {
    apiGroup: 'metrics.k8s.io',
    resource: 'pods',
    verb: 'list',
    feature: 'usage',
    namespaced: true,
    neededFor: 'memory samples of the containers of a namespace that have a limit, in one request',
    lost: 'samples are taken pod by pod, ten a second: more requests, and in a large cluster fewer samples',
  },
  {
    apiGroup: 'metrics.k8s.io',
    resource: 'pods',
    verb: 'get',
    feature: 'usage',
    namespaced: true,
    neededFor: 'memory samples of the few containers that are close to their limits, and of all in node mode',
    lost: 'samples are taken by whole namespaces: larger answers, and in node mode no memory before a kill',
  },
  ownerGet('apps', 'replicasets', 'the Deployment of a pod whose ReplicaSet has not been seen yet is guessed from names'),
  ownerGet('batch', 'jobs', 'the CronJob of a pod whose Job has not been seen yet is not known'),
];

function ownerGet(apiGroup: string, resource: string, lost: string): AccessRow {
  const neededFor = 'owners that the watches have not shown yet, all of them in node mode';
  return { apiGroup, resource, verb: 'get', feature: 'core', namespaced: true, neededFor, lost };
}

function listAndWatch({ feature = 'core', namespaced = true, lost, ...row }: WatchedRow): readonly AccessRow[] {
  return [
    { ...row, verb: 'list', feature, namespaced, lost },
    { ...row, verb: 'watch', feature, namespaced, lost: `${row.resource} after the start: only what was there then is seen` },
  ];
}

/**
 * Every right the collector uses, one verb a row: `mortem manifests` grants these, `mortem doctor` checks these, and no others
 * exist. Nothing on secrets, configmaps, exec or nodes/proxy is among them.
 */
export const accessTable: readonly AccessRow[] = [...watched.flatMap(listAndWatch), ...single];
