import type { Draft } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import { intervalOf } from './decide-interval.ts';
import type { PodUsage } from './parse-pod-usage.ts';
import { sampledContainer, type SampledContainer } from './sampled-container.ts';
import type { MemorySample } from './usage-log.ts';

/** A pod with a running container that has a memory limit. Times in seconds since 1970. */
export interface SampledPod {
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly containers: SampledContainer[];
  /** The largest share of its limit that a container was last seen at. */
  share: number;
  dueAt: number;
}

/** The pods that are sampled, by name: `metrics.k8s.io` knows no uids. */
export interface SampledPods {
  /** A pod was seen in this state. */
  set(draft: Draft<PodObservation>, now: number): void;
  forget(pod: { readonly namespace: string; readonly name: string; readonly uid: string }): void;
  find(namespace: string, name: string): SampledPod | undefined;
  due(now: number): readonly SampledPod[];
  /** Takes what is new in an answer; the pod is due again later. */
  take(usage: PodUsage, now: number): readonly ({ readonly slot: number } & MemorySample)[];
  /** Nothing new came for it. */
  postpone(pod: SampledPod, now: number): void;
  podsIn(namespace: string): number;
  containers(): number;
  clear(): void;
}

export function createSampledPods(): SampledPods {
  const pods = new Map<string, SampledPod>();
  const counts = new Map<string, number>();
  let nextSlot = 1;

  const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;

  function count(namespace: string, by: number): void {
    const left = (counts.get(namespace) ?? 0) + by;
    if (left > 0) counts.set(namespace, left);
    else counts.delete(namespace);
  }

  function remove(pod: SampledPod): void {
    if (pods.delete(keyOf(pod.namespace, pod.name))) count(pod.namespace, -1);
  }

  function postpone(pod: SampledPod, now: number): void {
    pod.dueAt = now + intervalOf(pod.share, now - Math.max(...pod.containers.map(({ startedAt }) => startedAt)));
  }

  return {
    set(draft, now) {
      const { namespace, name, uid } = draft;
      const there = pods.get(keyOf(namespace, name));
      const before = there?.uid === uid ? there : undefined;
      const containers = draft.containers.flatMap((container) => {
        const known = before?.containers.find((one) => one.name === container.name);
        return sampledContainer(container, draft, known ?? { slot: nextSlot++, startedAt: now, lastAt: 0 }) ?? [];
      });
      if (there !== undefined) remove(there);
      if (containers.length === 0) return;
      const isSame = before?.containers.every(({ startedAt }, index) => startedAt === containers[index]?.startedAt) ?? false;
      const dueAt = isSame && before !== undefined ? before.dueAt : now;
      pods.set(keyOf(namespace, name), { namespace, name, uid, containers, share: isSame ? (before?.share ?? 0) : 0, dueAt });
      count(namespace, 1);
    },
    forget({ namespace, name, uid }) {
      const pod = pods.get(keyOf(namespace, name));
      if (pod?.uid === uid) remove(pod);
    },
    find: (namespace, name) => pods.get(keyOf(namespace, name)),
    due: (now) => [...pods.values()].filter(({ dueAt }) => dueAt <= now),
    take({ namespace, pod: name, second, containers }, now) {
      const pod = pods.get(keyOf(namespace, name));
      if (pod === undefined) return [];
      const taken = pod.containers.flatMap((container) => {
        const kibibytes = containers.find((measured) => measured.name === container.name)?.kibibytes;
        if (kibibytes === undefined || second <= container.lastAt || second < container.startedAt) return [];
        container.lastAt = second;
        return [{ slot: container.slot, second, kibibytes, share: kibibytes / container.limitKibibytes }];
      });
      if (taken.length > 0) pod.share = Math.max(...taken.map(({ share }) => share));
      postpone(pod, now);
      return taken;
    },
    postpone,
    podsIn: (namespace) => counts.get(namespace) ?? 0,
    containers: () => [...pods.values()].reduce((sum, { containers }) => sum + containers.length, 0),
    clear() {
      pods.clear();
      counts.clear();
    },
  };
}
