import type { PodMemories } from '../detect/pod-memories.ts';
import type { PodReading } from '../enrich/read-pod.ts';
import { identifier, object as asObject, type Json } from '../trim/read-field.ts';
import { identityOf } from '../trim/trim-identity.ts';
import type { ResourceHandler } from '../watch/resource-source.ts';
import type { WatchedResource } from '../watch/watched-resources.ts';
import type { Shard } from './shard.ts';

export interface ShardHandlerDependencies {
  readonly memories: PodMemories;
  readonly readPod: (namespace: string, name: string) => Promise<PodReading>;
}

export interface ShardedSource {
  readonly shard: Shard | undefined;
  readonly resource: WatchedResource;
  /** Undefined: all namespaces. */
  readonly namespace: string | undefined;
}

/** Leaves to a handler only what belongs to the shard. */
export function withinShard(
  dependencies: ShardHandlerDependencies,
  { shard, resource, namespace }: ShardedSource,
  handler: ResourceHandler,
): ResourceHandler {
  if (shard?.kind === 'node' && resource.plural === 'events') return onlyKnownPods(dependencies, handler);
  if (shard?.kind === 'unscheduled' && resource.plural === 'pods') return withoutBindings(dependencies, namespace, handler);
  return handler;
}

/** Events of the pods that were seen here. One that comes before its pod is told by the shard that sees all events. */
function onlyKnownPods({ memories }: ShardHandlerDependencies, handler: ResourceHandler): ResourceHandler {
  const isKnown = (event: Json): boolean => {
    const uid = identifier(asObject(event.involvedObject).uid, 128);
    return uid !== undefined && memories.get(uid) !== undefined;
  };
  return {
    ...handler,
    listed: async (event) => (isKnown(event) ? handler.listed(event) : undefined),
    changed: async (type, event) => (isKnown(event) ? handler.changed(type, event) : undefined),
  };
}

/** A pod that gets a node leaves the selection, which a watch calls DELETED. Only a pod that is gone is told as deleted. */
function withoutBindings(
  { memories, readPod }: ShardHandlerDependencies,
  namespace: string | undefined,
  handler: ResourceHandler,
): ResourceHandler {
  let alive = new Set<string>();
  return {
    ...(handler.knows && { knows: handler.knows.bind(handler) }),
    listStarted() {
      alive = new Set();
      handler.listStarted();
    },
    listed(pod, rawHash) {
      const uid = identityOf(pod)?.uid;
      if (uid !== undefined) alive.add(uid);
      return handler.listed(pod, rawHash);
    },
    listEnded(list) {
      // Most of them got a node during the gap; and how a pod ended that never ran is nothing that was missed.
      memories.keepOnly(alive, namespace);
      return handler.listEnded(list);
    },
    async changed(type, pod, rawHash) {
      if (type !== 'DELETED') return handler.changed(type, pod, rawHash);
      const identity = identityOf(pod);
      if (identity === undefined) return;
      const reading = await readPod(identifier(identity.metadata.namespace, 253) ?? '', identity.name);
      const isGone = reading.kind === 'gone' || (reading.kind === 'found' && reading.uid !== identity.uid);
      if (isGone) return handler.changed(type, pod, rawHash);
      memories.forget(identity.uid);
    },
  };
}
