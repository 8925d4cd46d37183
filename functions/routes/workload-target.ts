import { MortemError } from '#core/errors.ts';

/** The names kubectl takes for the kinds that own pods. */
const kinds: ReadonlyMap<string, string> = new Map(
  [
    ['Deployment', 'deployment', 'deployments', 'deploy'],
    ['StatefulSet', 'statefulset', 'statefulsets', 'sts'],
    ['DaemonSet', 'daemonset', 'daemonsets', 'ds'],
    ['ReplicaSet', 'replicaset', 'replicasets', 'rs'],
    ['ReplicationController', 'replicationcontroller', 'replicationcontrollers', 'rc'],
    ['CronJob', 'cronjob', 'cronjobs', 'cj'],
    ['Job', 'job', 'jobs'],
    ['Pod', 'pod', 'pods', 'po'],
  ].flatMap(([kind = '', ...names]) => names.map((name) => [name, kind] as const)),
);

/**
 * `deploy/api` or `Deployment/api`; a kind that is not known here is taken as it is written.
 *
 * @throws {MortemError} `usage`
 */
export function parseWorkloadTarget(target: string): { readonly kind: string; readonly name: string } {
  const [kind = '', name = '', ...rest] = target.split('/');
  if (kind === '' || name === '' || rest.length > 0) {
    throw new MortemError('usage', 'A workload is written as kind and name with a slash between, for example deploy/api.');
  }
  return { kind: kinds.get(kind.toLowerCase()) ?? kind, name };
}
