import { asksForLog, type ProbeFailure } from './decide-current-log.ts';
import { isPackedFrom, packMemory, unpackMemory } from './pack-memory.ts';
import type { ContainerMemory, PodMemory } from './pod-memory.ts';

/** One running instance whose log is wanted before it dies. */
export interface RunningInstance {
  readonly namespace: string;
  readonly pod: string;
  readonly podUid: string;
  readonly container: string;
  readonly containerID: string;
}

/** uid → what is kept of each pod that exists. */
export interface PodMemories {
  get(uid: string): PodMemory | undefined;
  /** `rawHash` is of the bytes the memory was made from, where that is known. */
  set(uid: string, memory: PodMemory, rawHash?: string): void;
  /** Whether the memory was made from bytes with this hash. */
  knows(uid: string, rawHash: string): boolean;
  forget(uid: string): void;
  /** Forgets pods of the namespace (all, when undefined) that are not among `alive`, and says which. */
  keepOnly(alive: ReadonlySet<string>, namespace: string | undefined): readonly { readonly uid: string; readonly pod: PodMemory }[];
  /** The instance, if it still runs unready since then and its log was not taken in this stretch; from now on it counts as taken. */
  takeUnready(
    uid: string,
    stretch: { readonly container: string; readonly containerID: string; readonly since: number },
  ): RunningInstance | undefined;
  /** The instance a failed probe is about, if its log is wanted and was not taken in this stretch; from now on it counts as taken. */
  takeProbed(uid: string, failure: ProbeFailure): RunningInstance | undefined;
  size(): number;
}

export function createPodMemories(): PodMemories {
  const packed = new Map<string, string>();
  /** Per pod and container the stretch whose log was taken. */
  const taken = new Map<string, Map<string, string>>();

  function take(uid: string, pod: PodMemory, container: string, memory: ContainerMemory): RunningInstance | undefined {
    const { containerID } = memory;
    const stretch = `${containerID} ${memory.unreadySince ?? 'ready'}`;
    const ofPod = taken.get(uid) ?? new Map<string, string>();
    if (containerID === undefined || ofPod.get(container) === stretch) return undefined;
    taken.set(uid, ofPod.set(container, stretch));
    return { namespace: pod.namespace, pod: pod.name, podUid: uid, container, containerID };
  }

  function get(uid: string): PodMemory | undefined {
    const text = packed.get(uid);
    return text === undefined ? undefined : unpackMemory(text);
  }

  function forget(uid: string): void {
    packed.delete(uid);
    taken.delete(uid);
  }

  return {
    get,
    set: (uid, memory, rawHash) => void packed.set(uid, packMemory(memory, rawHash)),
    knows(uid, rawHash) {
      const text = packed.get(uid);
      return text !== undefined && isPackedFrom(text, rawHash);
    },
    forget,
    keepOnly(alive, namespace) {
      const gone = [...packed.keys()].flatMap((uid) => {
        const pod = alive.has(uid) ? undefined : get(uid);
        return pod === undefined || (namespace !== undefined && pod.namespace !== namespace) ? [] : [{ uid, pod }];
      });
      for (const { uid } of gone) forget(uid);
      return gone;
    },
    takeUnready(uid, { container, containerID, since }) {
      const pod = get(uid);
      const memory = pod?.containers.get(container);
      if (pod === undefined || memory?.containerID !== containerID || memory.unreadySince !== since) return undefined;
      return take(uid, pod, container, memory);
    },
    takeProbed(uid, failure) {
      const pod = get(uid);
      const memory = pod?.containers.get(failure.container);
      if (pod === undefined || memory === undefined || !asksForLog(failure, memory)) return undefined;
      return take(uid, pod, failure.container, memory);
    },
    size: () => packed.size,
  };
}
