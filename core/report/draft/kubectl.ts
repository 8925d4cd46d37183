import type { WorkloadHistory } from '../../history/workload-history.ts';
import { objectName } from '../object-name.ts';
import { shellWord } from './shell-word.ts';

/** Commands with the real names of one workload, to be pasted. */
export interface Kubectl {
  readonly pods: string;
  readonly describe: (pod: string) => string;
  readonly logs: (pod: string, container: string | undefined, previous?: boolean) => string;
  readonly node: (name: string) => string;
  readonly events: string;
  readonly owner: string;
  readonly get: (resource: string, name: string) => string;
}

/** Kinds of which `kubectl rollout` keeps a history. */
const rolledOut = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);

export function kubectlFor({ key, top, pods }: WorkloadHistory): Kubectl {
  const namespace = `-n ${shellWord(key.namespace)}`;
  const name = shellWord(objectName(key.kind, key.name));
  const selector = Object.entries(top?.latest.selector ?? {}).map(([label, value]) => `${label}=${value}`);
  const [pod] = pods;
  const which =
    selector.length > 0
      ? `-l ${shellWord(selector.toSorted().join(','))}`
      : pod === undefined || pods.length > 1
        ? ''
        : shellWord(pod.name);
  return {
    pods: `kubectl get pods ${namespace}${which === '' ? '' : ` ${which}`} -o wide`,
    describe: (podName) => `kubectl describe pod ${shellWord(podName)} ${namespace}`,
    logs: (podName, container, previous = false) =>
      `kubectl logs ${shellWord(podName)} ${namespace}${container === undefined ? '' : ` -c ${shellWord(container)}`}${previous ? ' --previous' : ''}`,
    node: (nodeName) => `kubectl describe node ${shellWord(nodeName)}`,
    events: `kubectl get events ${namespace} --sort-by=.lastTimestamp`,
    owner: rolledOut.has(key.kind) ? `kubectl rollout history ${name} ${namespace}` : `kubectl get ${name} ${namespace} -o yaml`,
    get: (resource, object) => `kubectl get ${resource} ${shellWord(object)} ${namespace}`,
  };
}
