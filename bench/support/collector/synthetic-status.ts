import { at, containerNames, hexOf, imageOf, type PodStage } from './synthetic-names.ts';

/** What the kubelet says of a pod. */
export function podStatus(stage: PodStage): object {
  if (stage === 'created') return { phase: 'Pending', qosClass: 'Burstable' };
  const isReady = stage === 'ready' || stage === 'deleting';
  const condition = (type: string, isTrue: boolean, second: number): object => ({
    type,
    status: isTrue ? 'True' : 'False',
    observedGeneration: 1,
    lastProbeTime: null,
    lastTransitionTime: at(second),
    ...(!isTrue && { reason: 'ContainersNotReady', message: `containers with unready status: [${containerNames.join(' ')}]` }),
  });
  if (stage === 'scheduled') return { phase: 'Pending', qosClass: 'Burstable', conditions: [condition('PodScheduled', true, 1)] };
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
    hostIP: '%host%',
    hostIPs: [{ ip: '%host%' }],
    ...(stage !== 'creating' && { podIP: '%ip%', podIPs: [{ ip: '%ip%' }] }),
    startTime: at(1),
    containerStatuses: containerNames.map((name) => containerStatus(name, stage, isReady)),
    qosClass: 'Burstable',
  };
}

function containerStatus(name: string, stage: PodStage, isReady: boolean): object {
  const image = imageOf(name, '%tag%');
  const containerID = `containerd://%${name}-id%`;
  const ended = { exitCode: 0, reason: 'Completed', startedAt: at(5), finishedAt: at(590), containerID };
  const state =
    stage === 'creating'
      ? { waiting: { reason: 'ContainerCreating' } }
      : stage === 'ended' || stage === 'deleted'
        ? { terminated: ended }
        : { running: { startedAt: at(5) } };
  return {
    name,
    state,
    lastState: {},
    ready: isReady,
    restartCount: 0,
    image,
    imageID: stage === 'creating' ? '' : `${image.slice(0, image.indexOf(':'))}@sha256:${hexOf(name, 64)}`,
    ...(stage !== 'creating' && { containerID }),
    started: stage === 'running' || isReady,
    allocatedResources: { cpu: '100m', memory: '256Mi' },
    resources: { limits: { memory: '512Mi' }, requests: { cpu: '100m', memory: '256Mi' } },
    volumeMounts: ['/etc/service', '/etc/ssl/service', '/tmp'].map((mountPath) => ({
      name: 'config',
      mountPath,
      recursiveReadOnly: 'Disabled',
    })),
    user: { linux: { uid: 1000, gid: 1000, supplementalGroups: [1000] } },
  };
}
