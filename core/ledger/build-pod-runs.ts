import { compareText } from '../compare-text.ts';
import { decidingContainers, imageOf } from '../history/pod-facts.ts';
import type { ContainerHistory } from '../history/container-history.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Image } from '../incident/incident.ts';
import { earliest, formatInstant, type Instant } from '../time/instant.ts';
import type { PodRun } from './pod-run.ts';

/** Which images the pods of the workload really ran, and when, in order of time. What never started ran nothing. */
export function buildPodRuns({ key, pods }: WorkloadHistory): readonly PodRun[] {
  return pods
    .flatMap((pod) =>
      decidingContainers(pod).flatMap((container) =>
        stretchesOfImages(container).map(({ image, from }, index, all) => {
          const until = all[index + 1]?.from ?? earliest(pod.terminalAt, pod.goneAt);
          return {
            cluster: key.cluster,
            namespace: key.namespace,
            workload: { kind: key.kind, name: key.name },
            ...identity(pod, container),
            image,
            from: formatInstant(from),
            seenAt: formatInstant(pod.states.at(-1)?.at ?? from),
            ...(until === undefined ? {} : { until: formatInstant(Math.max(from, until)) }),
          };
        }),
      ),
    )
    .toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from) || compareText(`${a.podUid}/${a.container}`, `${b.podUid}/${b.container}`));
}

/** An image can be changed in a pod that lives: each one ran from its first start to the next one's. */
function stretchesOfImages({ attempts }: ContainerHistory): readonly { readonly image: Image; readonly from: Instant }[] {
  const stretches: { image: Image; from: Instant }[] = [];
  for (const { startedAt, status } of attempts) {
    const image = imageOf(status);
    const last = stretches.at(-1)?.image;
    if (startedAt === undefined || (last !== undefined && last.ref === image.ref && last.digest === image.digest)) continue;
    stretches.push({ image, from: startedAt });
  }
  return stretches;
}

function identity(pod: PodHistory, container: ContainerHistory) {
  return {
    pod: pod.name,
    podUid: pod.uid,
    container: container.name,
    containerRole: container.role,
    ...(pod.latest.revisionHash === undefined ? {} : { revisionHash: pod.latest.revisionHash }),
    ...(pod.latest.node === undefined ? {} : { node: pod.latest.node }),
  };
}
