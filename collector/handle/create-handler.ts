import type { Clock } from '#core/ports.ts';
import { relist } from '../coverage.ts';
import { isNodeUrgent, isWorkloadUrgent } from '../detect/decide-urgency.ts';
import type { PodMemories } from '../detect/pod-memories.ts';
import type { LogFetcher } from '../enrich/log-fetcher.ts';
import type { KnownPods } from '../known/known-pods.ts';
import type { Recorder } from '../recorder.ts';
import { trimNode } from '../trim/trim-node.ts';
import { trimWorkload } from '../trim/trim-workload.ts';
import type { ListSummary, ResourceHandler } from '../watch/resource-source.ts';
import type { WatchedResource } from '../watch/watched-resources.ts';
import type { UsageSampler } from '../usage/usage-sampler.ts';
import type { OwnerIndex } from '../workload/owner-index.ts';
import type { WorkloadResolver } from '../workload/resolve-workload.ts';
import { createEventHandler } from './handle-events.ts';
import { createPodHandler, type PodHandlerDependencies } from './handle-pods.ts';
import { createStateHandler } from './handle-states.ts';

export interface HandlerDependencies {
  readonly collector: string;
  readonly recorder: Recorder;
  readonly memories: PodMemories;
  readonly known: KnownPods | undefined;
  readonly logs: LogFetcher;
  readonly usage: Pick<UsageSampler, 'seen' | 'gone'>;
  readonly resolver: WorkloadResolver;
  readonly owners: OwnerIndex;
  readonly onUnready: PodHandlerDependencies['onUnready'];
  readonly clock: Clock;
}

/** The handler that a resource needs, in one namespace or in all. */
export function createHandler(dependencies: HandlerDependencies, resource: WatchedResource, namespace?: string): ResourceHandler {
  const { recorder, resolver, owners, clock } = dependencies;
  const source = { resource: resource.plural, ...(namespace !== undefined && { namespace }) };

  async function onRelist(list: ListSummary, gone: number): Promise<void> {
    if (list.gapSince === undefined) return;
    await recorder.record(relist(dependencies.collector, source, { ...list, gapSince: list.gapSince, now: clock.now(), gone }));
  }

  switch (resource.kind) {
    case 'Pod':
      return createPodHandler({ ...dependencies, namespace, onRelist });
    case 'Event':
      return createEventHandler({ ...dependencies, onRelist });
    case 'Node':
      return createStateHandler({
        trim: (object) => Promise.resolve(trimNode(object)),
        isUrgent: (draft) => draft.kind === 'node' && isNodeUrgent(draft),
        recorder,
        clock,
        onRelist,
      });
    default:
      return createStateHandler({
        async trim(object) {
          if (resource.kind === 'ReplicaSet' || resource.kind === 'Job') resolver.learn(object, resource.kind);
          return trimWorkload(object, resource.kind, await resolver.workloadOf(object, resource.kind));
        },
        isUrgent: (draft) => draft.kind === 'workload' && isWorkloadUrgent(draft),
        recorder,
        clock,
        onDeleted: (uid) => owners.forgetSoon(uid),
        onRelist,
      });
  }
}
