/** kubectl's names of the kinds that own pods: the short one first, so that a row can be pasted behind `kubectl describe`. */
const resourceNames: readonly (readonly [kind: string, short: string, ...others: readonly string[]])[] = [
  ['Deployment', 'deploy', 'deployment', 'deployments'],
  ['StatefulSet', 'sts', 'statefulset', 'statefulsets'],
  ['DaemonSet', 'ds', 'daemonset', 'daemonsets'],
  ['ReplicaSet', 'rs', 'replicaset', 'replicasets'],
  ['ReplicationController', 'rc', 'replicationcontroller', 'replicationcontrollers'],
  ['CronJob', 'cronjob', 'cronjobs', 'cj'],
  ['Job', 'job', 'jobs'],
  ['Pod', 'pod', 'pods', 'po'],
  ['Node', 'node', 'nodes', 'no'],
];

/** `deploy/api`; a kind that is not known here is written in lower case. */
export function objectName(kind: string, name: string): string {
  const short = resourceNames.find(([known]) => known === kind)?.[1];
  return `${short ?? kind.toLowerCase()}/${name}`;
}

/** The kind behind any of kubectl's names for it, or undefined. */
export function kindOf(resource: string): string | undefined {
  const wanted = resource.toLowerCase();
  return resourceNames.find(([kind, ...names]) => kind.toLowerCase() === wanted || names.includes(wanted))?.[0];
}
