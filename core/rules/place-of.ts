import type { ContainerHistory } from '../history/container-history.ts';
import { imageOf } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { ContainerStatus } from '../wire/container.ts';
import type { Sign } from './rule.ts';

/** Where a sign of a container stands: its pod, itself, and the image of the record it is about. */
export function placeOf(
  pod: PodHistory,
  container: ContainerHistory,
  status: ContainerStatus,
): Pick<Sign, 'pod' | 'podUid' | 'container' | 'image'> {
  return { pod: pod.name, podUid: pod.uid, container: { name: container.name, role: container.role }, image: imageOf(status) };
}
