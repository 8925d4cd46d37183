import type { Observation } from '#core/wire/observation.ts';
import { container, deployment, ended, event, imageID, pod, replicaSet, running, waiting } from './build-observations.ts';

/** A Deployment of that many pods, each of which is OOMKilled three times: eight records a pod. */
export function crashingPods(count: number): readonly Observation[] {
  const pods = Array.from({ length: count }, (_, index) => {
    const own = { uid: `pod-${index}`, name: `api-7d9f-${String(index).padStart(5, '0')}` };
    const start = index % 60;
    const lives = [0, 20, 50].flatMap((offset, life) => [
      pod(start + offset + 2, {
        ...own,
        containers: [container({ imageID, ready: true, restartCount: life, state: running(start + offset + 1) })],
      }),
      pod(start + offset + 9, {
        ...own,
        containers: [
          container({
            imageID,
            restartCount: life,
            state: waiting('CrashLoopBackOff'),
            lastState: ended(`containerd://${index}-${life}`, 137, start + offset + 1, start + offset + 8, 'OOMKilled'),
          }),
        ],
      }),
    ]);
    const backOff = event(start + 60, {
      uid: `event-${index}`,
      reason: 'BackOff',
      message: 'Back-off restarting failed container',
      count: 3,
      involvedObject: { kind: 'Pod', namespace: 'shop', ...own },
    });
    return [pod(start, { ...own, phase: 'Pending', containers: [container()] }), ...lives, backOff];
  });
  return [deployment(0, { replicas: { wanted: count } }), replicaSet(0), ...pods.flat()];
}
