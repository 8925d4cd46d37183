import type { Ways } from './plan-round.ts';
import type { PodUsage } from './parse-pod-usage.ts';
import type { SampledPod, SampledPods } from './sampled-pods.ts';
import type { UsageAnswer, UsageApi } from './usage-api.ts';
import type { UsageRefusals } from './usage-refusals.ts';

export interface UsageRequestsDependencies {
  readonly api: UsageApi;
  readonly pods: Pick<SampledPods, 'podsIn'>;
  readonly refusals: UsageRefusals;
  /** Empty: the whole cluster, whose rights are the same everywhere. */
  readonly namespaces: readonly string[];
  /** The pods of one node are asked for one by one: a list would bring those of all nodes, to each node. */
  readonly isOneNode: boolean;
  readonly take: (usage: PodUsage) => void;
}

/** Requests to `metrics.k8s.io`, counted, and what they teach about rights. */
export interface UsageRequests extends Ways {
  offered(): Promise<UsageAnswer>;
  together(namespace: string): Promise<UsageAnswer>;
  alone(pod: SampledPod): Promise<UsageAnswer>;
  counts(): Readonly<Record<UsageAnswer['kind'], number>>;
}

export function createUsageRequests(dependencies: UsageRequestsDependencies): UsageRequests {
  const { api, pods, refusals, namespaces, isOneNode, take } = dependencies;
  const counts = { answered: 0, refused: 0, failed: 0 };
  const scopeOf = (namespace: string): string | undefined => (namespaces.length === 0 ? undefined : namespace);

  async function counted(asking: Promise<UsageAnswer>): Promise<UsageAnswer> {
    const answer = await asking;
    counts[answer.kind] += 1;
    return answer;
  }

  async function learning(way: 'list' | 'get', namespace: string, asking: Promise<UsageAnswer>): Promise<UsageAnswer> {
    const answer = await counted(asking);
    if (answer.kind === 'answered') refusals.over(way, scopeOf(namespace));
    // A pod that was not measured yet, or is gone, says nothing about rights.
    else if (answer.kind === 'refused' && !isNotThere(answer)) await refusals.refused(way, scopeOf(namespace), answer.refusal.message);
    return answer;
  }

  return {
    offered: () => counted(api.offered()),
    together: (namespace) => learning('list', namespace, api.list(namespace, take)),
    alone: ({ namespace, name }) => learning('get', namespace, api.get(namespace, name, take)),
    list: (namespace) => !isOneNode && refusals.allows('list', scopeOf(namespace)),
    get: (namespace) => refusals.allows('get', scopeOf(namespace)),
    podsIn: (namespace) => pods.podsIn(namespace),
    counts: () => ({ ...counts }),
  };
}

export function isNotThere(answer: UsageAnswer): boolean {
  return answer.kind === 'refused' && answer.refusal.status === 404;
}
