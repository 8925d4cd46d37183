import { at, containerNames, hexOf, imageOf, type PodPlace } from './synthetic-names.ts';

/** What the kubelet says of a pod. */
export function podStatus({ slot, generation, stage }: PodPlace, app: string): object {
  if (stage === 'created') return { phase: 'Pending', qosClass: 'Burstable' };
  const isReady = stage === 'ready' || stage === 'deleting';
  const condition = (type: string, isTrue: boolean, second: number): object => ({
    type,
    status: isTrue ? 'True' : 'False',
    observedGeneration: 1,
    lastProbeTime: null,
    lastTransitionTime: at(generation, second),
    ...(!isTrue && { reason: 'ContainersNotReady', message: `containers with unready status: [${containerNames.join(' ')}]` }),
  });
  if (stage === 'scheduled') return { phase: 'Pending', qosClass: 'Burstable', conditions: [condition('PodScheduled', true, 1)] };
  const address = `10.${(slot >> 16) & 255}.${(slot >> 8) & 255}.${slot & 255}`;
  return {
    observedGeneration: 1,
    phase: stage === 'creating' ? 'Pending' : stage === 'ended' || stage === 'deleted' ? 'Succeeded' : 'Running',
    conditions: [
      condition('PodReadyToStartContainers', stage !== 'creating', 3),
      condition('Initialized', true, 1),
      condition('Ready', isReady, 12),
      condition('ContainersReady', isReady, 12),
      condition('PodScheduled', true, 1),
    ],
    hostIP: `192.168.0.${slot % 200}`,
    hostIPs: [{ ip: `192.168.0.${slot % 200}` }],
    ...(stage !== 'creating' && { podIP: address, podIPs: [{ ip: address }] }),
    startTime: at(generation, 1),
    containerStatuses: containerNames.map((name) => containerStatus(name, { slot, generation, stage, isReady, app })),
    qosClass: 'Burstable',
  };
}

interface StatusPlace extends Omit<PodPlace, 'resourceVersion'> {
  readonly isReady: boolean;
  readonly app: string;
}

function containerStatus(name: string, { slot, generation, stage, isReady, app }: StatusPlace): object {
  const image = imageOf(name, generation);
  const containerID = `containerd://${hexOf(`${name} ${slot} ${generation}`, 64)}`;
  const ended = { exitCode: 0, reason: 'Completed', startedAt: at(generation, 5), finishedAt: at(generation, 590), containerID };
  const state =
    stage === 'creating'
      ? { waiting: { reason: 'ContainerCreating' } }
      : stage === 'ended' || stage === 'deleted'
        ? { terminated: ended }
        : { running: { startedAt: at(generation, 5) } };
  return {
    name,
    state,
    lastState: {},
    ready: isReady,
    restartCount: 0,
    image,
    imageID: stage === 'creating' ? '' : `${image.split(':')[0]}@sha256:${hexOf(image, 64)}`,
    ...(stage !== 'creating' && { containerID }),
    started: stage === 'running' || isReady,
    allocatedResources: { cpu: '100m', memory: '256Mi' },
    resources: { limits: { memory: '512Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
    volumeMounts: ['/etc/service', '/etc/ssl/service', '/tmp'].map((mountPath) => ({
      name: `${app}-volume`,
      mountPath,
      recursiveReadOnly: 'Disabled',
    })),
    user: { linux: { uid: 1000, gid: 1000, supplementalGroups: [1000] } },
  };
}
