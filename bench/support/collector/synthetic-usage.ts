import { containerNames, podNames, slotsOf } from './synthetic-names.ts';

const limitKibibytes = 512 * 1024;
const root = '/apis/metrics.k8s.io/v1beta1';

/** What metrics-server says of the pods of a synthetic cluster: most use a third of their limit, one in ten nearly all of it. */
export interface SyntheticUsage {
  /** The answer to a path of `metrics.k8s.io`; undefined for other paths. */
  answer(path: string): object | undefined;
}

export function createSyntheticUsage(pods: number, generationOf: (slot: number) => number): SyntheticUsage {
  function measured(slot: number): object {
    const { name, namespace } = podNames(slot, generationOf(slot));
    const share = slot % 10 === 0 ? 0.85 : slot % 10 === 1 ? 0.6 : 0.3;
    const memory = `${Math.round(limitKibibytes * share)}Ki`;
    return {
      metadata: { name, namespace, creationTimestamp: now() },
      timestamp: now(),
      window: '15s',
      containers: containerNames.map((container) => ({ name: container, usage: { cpu: '12m', memory } })),
    };
  }

  return {
    answer(path) {
      if (!path.startsWith(root)) return undefined;
      if (path === root) return { kind: 'APIResourceList', groupVersion: 'metrics.k8s.io/v1beta1', resources: [] };
      const [, namespace, name] = /\/namespaces\/team-(\d+)\/pods(?:\/(.+))?$/.exec(path) ?? [];
      const slots = slotsOf(Number(namespace), pods);
      if (name === undefined) {
        return { kind: 'PodMetricsList', apiVersion: 'metrics.k8s.io/v1beta1', metadata: {}, items: slots.map(measured) };
      }
      const slot = slots.find((candidate) => podNames(candidate, generationOf(candidate)).name === name);
      return slot === undefined ? undefined : measured(slot);
    },
  };
}

function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
