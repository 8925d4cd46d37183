import { ends, event, pod, runs, waits } from '../../../support/sparse-pod.ts';
import { after, created, later, type Forms } from './forms.ts';

const failed = (reason: string, message = '', fields: object = {}) => [pod({ phase: 'Failed', reason, message, ...fields })];
const disrupted = (reason: string, message = '') => ({
  type: 'DisruptionTarget',
  status: 'True',
  reason,
  message,
  lastTransitionTime: after(1),
});
const job = (conditions: readonly object[], fields: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'load', namespace: 'default', uid: 'job', creationTimestamp: created },
  spec: {},
  status: { startTime: created, conditions, ...fields },
});
const gaveUp = (reason: string, message = '') => job([{ type: 'Failed', status: 'True', reason, message, lastTransitionTime: after(5) }]);
const leaving = (fields: object = {}) => ({
  deletionTimestamp: after(1),
  deletionGracePeriodSeconds: 30,
  creationTimestamp: created,
  ...fields,
});

/** Rules of what stops a pod, or loses it. */
export const stops: Readonly<Record<string, Forms>> = {
  evicted: {
    found: {
      memory: failed(
        'Evicted',
        'The node was low on resource: memory. Threshold quantity: 100Mi, available: 50Mi. Container app was using 2Gi, request is 0, has larger consumption of memory. ',
      ),
      'an old kubelet': failed('Evicted', 'The node was low on resource: [DiskPressure].'),
      'its own limit': failed('Evicted', 'Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. '),
      'at admission': failed('Evicted', 'Pod was rejected: The node had condition: [DiskPressure]. '),
    },
    lookAlikes: {
      'by the API': [
        pod(
          {
            phase: 'Failed',
            conditions: [disrupted('EvictionByEvictionAPI', 'Eviction API: evicting')],
            containerStatuses: [ends({ exitCode: 143 })],
          },
          leaving(),
        ),
      ],
      'by a descheduler': [
        pod({ phase: 'Running', containerStatuses: [runs()] }),
        event('Evicted', 'pod evicted from node-1 node by sigs.k8s.io/descheduler', { source: { component: 'sigs.k8s.io/descheduler' } }),
      ],
    },
  },
  preempted: {
    found: {
      'by the kubelet': failed('Preempting', 'Preempted in order to admit critical pod'),
      'by the scheduler': [
        pod(
          {
            phase: 'Running',
            conditions: [disrupted('PreemptionByScheduler', 'default-scheduler: preempting to accommodate a higher priority pod')],
          },
          leaving(),
        ),
      ],
      'as the scheduler told it on the pod': [
        pod({ phase: 'Running', containerStatuses: [ends({ exitCode: 143, finishedAt: after(1, 5) })] }, leaving()),
        event('Preempted', 'Preempted by pod 3f1c on node node-1', {
          type: 'Normal',
          source: { component: 'default-scheduler' },
          lastTimestamp: after(0, 59),
        }),
      ],
    },
    lookAlikes: {
      'the pod that preempts': [
        pod({
          phase: 'Pending',
          conditions: [
            {
              type: 'PodScheduled',
              status: 'False',
              reason: 'Unschedulable',
              message:
                '0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.',
            },
          ],
        }),
      ],
      'a drain': [pod({ phase: 'Running', conditions: [disrupted('EvictionByEvictionAPI')] }, leaving())],
    },
  },
  'deadline-exceeded': {
    found: {
      'of the pod': failed('DeadlineExceeded', 'Pod was active on the node longer than the specified deadline'),
      'of the pod, its container killed': failed('DeadlineExceeded', '', { containerStatuses: [ends({ exitCode: 137, reason: 'Error' })] }),
      'of the Job': [gaveUp('DeadlineExceeded', 'Job was active longer than specified deadline')],
    },
    lookAlikes: {
      'a rollout that takes too long': [
        {
          kind: 'Deployment',
          metadata: { name: 'api', namespace: 'default', uid: 'd', creationTimestamp: created },
          spec: { replicas: 1 },
          status: {
            replicas: 1,
            readyReplicas: 1,
            conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }],
          },
        },
      ],
      'a Job that gave up otherwise': [gaveUp('BackoffLimitExceeded')],
    },
  },
  'job-failed': {
    found: {
      'too many tries': [gaveUp('BackoffLimitExceeded', 'Job has reached the specified backoff limit')],
      'a policy': [
        gaveUp('PodFailurePolicy', 'Container app for pod default/load-x failed with exit code 42 matching FailJob rule at index 0'),
      ],
      indexes: [gaveUp('MaxFailedIndexesExceeded', 'Job has exceeded the specified maximal number of failed indexes')],
    },
    lookAlikes: {
      'a Job that is done': [job([{ type: 'Complete', status: 'True', lastTransitionTime: after(5) }], { succeeded: 1 })],
      'a Job that is suspended': [job([{ type: 'Suspended', status: 'True', lastTransitionTime: after(5) }])],
      'a Job that still tries': [job([], { active: 1, failed: 2 })],
    },
  },
  'node-lost': {
    found: {
      'an old name': [pod({ phase: 'Running', reason: 'NodeLost', message: 'Node node-1 which was running pod web is unresponsive' })],
      'an old phase': [pod({ phase: 'Unknown' })],
      'not ready although all its containers are': [
        pod({
          phase: 'Running',
          conditions: [
            { type: 'Ready', status: 'False' },
            { type: 'ContainersReady', status: 'True' },
          ],
          containerStatuses: [runs()],
        }),
      ],
      'a node that was shut down': failed('Terminated', 'Pod was terminated in response to imminent node shutdown.'),
    },
    lookAlikes: {
      'not ready, and the kubelet says why': [
        pod({
          phase: 'Running',
          conditions: [
            { type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady' },
            { type: 'ContainersReady', status: 'True' },
          ],
          containerStatuses: [runs()],
        }),
      ],
      'a node that is back': [
        pod({ phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }], containerStatuses: [runs()] }),
        event('NodeNotReady', 'Node is not ready', { source: { component: 'node-controller' }, lastTimestamp: created }),
      ],
    },
  },
  'stuck-terminating': {
    found: {
      'long after its grace period': [pod({ phase: 'Running', containerStatuses: [runs()] }, leaving()), later(30)],
      'held by a finalizer': [pod({ phase: 'Succeeded' }, leaving({ finalizers: ['example.dev/protect'] })), later(30)],
      'its kubelet says why': [
        pod({ phase: 'Running', containerStatuses: [runs()] }, leaving()),
        event('FailedKillPod', 'error killing pod: failed to "KillContainer" for "app": context deadline exceeded', {
          lastTimestamp: after(9),
        }),
      ],
    },
    lookAlikes: {
      'within its grace period': [
        pod({ phase: 'Running', containerStatuses: [runs()] }, leaving()),
        event('Killing', 'Stopping container app', { type: 'Normal', lastTimestamp: after(0, 40) }),
      ],
      'a long grace period': [
        pod(
          { phase: 'Running', containerStatuses: [runs()] },
          { creationTimestamp: created, deletionTimestamp: after(60), deletionGracePeriodSeconds: 3600 },
        ),
        later(30),
      ],
      'a pod that nobody asked to go': [pod({ phase: 'Pending', containerStatuses: [waits('ContainerCreating')] }), later(5)],
    },
  },
};
