import type { ContainerHistory } from '../history/container-history.ts';
import type { OwnerHistory } from '../history/owner-history.ts';
import { imageOf } from '../history/pod-facts.ts';
import { toImage } from '../incident/image.ts';
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

/** Where a sign of a whole pod stands: at the container to look at first, which is the first app container unless one is known better. */
export function wholePodPlace(
  pod: PodHistory,
  container: ContainerHistory | undefined = pod.containers.find((item) => item.role === 'app'),
): Pick<Sign, 'pod' | 'podUid' | 'container' | 'image' | 'wholePod'> {
  return container === undefined
    ? { pod: pod.name, podUid: pod.uid, wholePod: true }
    : { ...placeOf(pod, container, container.status), wholePod: true };
}

/** Where a sign of a controller without a pod stands: at the first app container of its template. */
export function ownerPlace(owner: OwnerHistory): Pick<Sign, 'container' | 'image' | 'wholePod'> {
  const first = owner.latest.containers.find((item) => item.role === 'app');
  if (first === undefined) return { wholePod: true };
  return { container: { name: first.name, role: first.role }, image: toImage(first.image), wholePod: true };
}
