import type { PodState } from '../history/pod-history.ts';
import type { ScopeFact } from './incident.ts';

/** Where a pod is, and how it is. */
export interface PlacedPod {
  readonly node: string;
  readonly fails: boolean;
  /** Its newest state. */
  readonly state: PodState;
}

/** Several pods fail, all on one node, and pods elsewhere do not: look at the node. Of a single node nothing can be told. */
export function oneNode(pods: readonly PlacedPod[]): ScopeFact | undefined {
  const failing = pods.filter((pod) => pod.fails);
  const [first] = failing;
  if (first === undefined || failing.length < 2 || failing.some((pod) => pod.node !== first.node)) return undefined;
  const elsewhere = pods.filter((pod) => pod.node !== first.node);
  const [compared] = elsewhere;
  if (compared === undefined) return undefined;
  const others = elsewhere.length === 1 ? 'the one pod elsewhere does not' : `none of the ${elsewhere.length} pods elsewhere does`;
  return {
    kind: 'node',
    basis: 'derived',
    text: `All ${failing.length} failing pods are on node ${first.node}, and ${others}: look at the node first.`,
    evidence: [first.state.evidence, compared.state.evidence],
  };
}
