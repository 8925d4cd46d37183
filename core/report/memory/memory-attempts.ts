import type { Death } from '../../history/container-history.ts';
import { memoryLimitOf, memoryRequestOf, livedFor } from '../../history/pod-facts.ts';
import type { PodHistory } from '../../history/pod-history.ts';
import type { BuiltIncident } from '../../incident/build-incidents.ts';
import type { Image } from '../../incident/incident.ts';
import { toImage } from '../../incident/image.ts';
import { isAboutMemory } from '../../incident/is-about-memory.ts';
import type { UsageObservation } from '../../wire/usage.ts';

/** Attempts of one container in one pod that ran out of memory under the same limit, oldest first. */
export interface MemoryAttempts {
  readonly pod: PodHistory;
  readonly container: string;
  readonly image: Image;
  /** As Kubernetes writes quantities; what was in force, which after a resize is not what the spec asks for. */
  readonly limit?: string;
  readonly request?: string;
  readonly deaths: readonly [Death, ...Death[]];
  /** Milliseconds from the start of each attempt to its end, where both are known. */
  readonly lives: readonly number[];
  /** Records of memory samples of these attempts, where the cluster offered any. */
  readonly usage: readonly UsageObservation[];
}

/** The deaths of all chapters about memory, grouped by pod, container, image, limit and request. */
export function memoryAttempts({ chapters, workload }: BuiltIncident): readonly MemoryAttempts[] {
  const keys = new Set(
    chapters.filter(({ chapter }) => isAboutMemory(chapter)).flatMap(({ signs }) => signs.flatMap((sign) => sign.deaths)),
  );
  if (keys.size === 0) return [];
  return workload.pods.flatMap((pod) =>
    pod.containers.flatMap((container) => {
      const deaths = container.deaths.filter((death) => keys.has(death.key));
      const groups = Map.groupBy(deaths, (death) => JSON.stringify([memoryLimitOf(death), memoryRequestOf(death), death.status.image]));
      return [...groups.values()].flatMap(([first, ...rest]) =>
        first === undefined ? [] : [toAttempts(workload.usage, pod, [first, ...rest])],
      );
    }),
  );
}

function toAttempts(usage: readonly UsageObservation[], pod: PodHistory, deaths: readonly [Death, ...Death[]]): MemoryAttempts {
  const [first] = deaths;
  const [limit, request] = [memoryLimitOf(first), memoryRequestOf(first)];
  const ids = new Set(deaths.map((death) => death.containerID));
  return {
    pod,
    container: first.status.name,
    image: toImage(first.status.image, first.status.imageID),
    deaths,
    lives: deaths.flatMap((death) => livedFor(death) ?? []),
    usage: usage.filter((record) => ids.has(record.containerID) && record.samples.length > 0),
    ...(limit === undefined ? {} : { limit }),
    ...(request === undefined ? {} : { request }),
  };
}
