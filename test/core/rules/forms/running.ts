import { ends, event, loops, pod, runs, waits } from '../../../support/sparse-pod.ts';
import { after, created, later, type Forms } from './forms.ts';

const probe = { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 10, failureThreshold: 3 };
const spec = (fields: object) => ({ spec: { restartPolicy: 'Always', containers: [{ name: 'app', image: 'shop/api:1', ...fields }] } });
const died = (exitCode: number, reason = 'Error', fields: object = {}) => ({
  exitCode,
  reason,
  containerID: 'containerd://a',
  startedAt: after(1),
  finishedAt: after(3),
  ...fields,
});
const looping = (terminated: object, podFields: Record<string, unknown> = {}) =>
  pod({ phase: 'Running', containerStatuses: [loops(terminated)] }, podFields);
const near = { firstTimestamp: after(2), lastTimestamp: after(2, 59) };
const killing = (message: string) =>
  event('Killing', message, { type: 'Normal', firstTimestamp: after(2, 59), lastTimestamp: after(2, 59) });
const unhealthy = (message: string, count = 6) => event('Unhealthy', message, { count, ...near });
const unready = (message: string) => [
  pod(
    { phase: 'Running', containerStatuses: [runs({ ready: false, state: { running: { startedAt: created } } })] },
    spec({ readinessProbe: probe }),
  ),
  event('Unhealthy', message, { count: 30, firstTimestamp: after(1), lastTimestamp: after(9) }),
];

/** Rules of processes that ran. */
export const running: Readonly<Record<string, Forms>> = {
  'crash-loop': {
    found: {
      'a back-off': [looping(died(1))],
      'between two starts, without a back-off': [pod({ phase: 'Running', containerStatuses: [ends(died(2), { restartCount: 3 })] })],
      'an end with 0 that is restarted': [looping(died(0, 'Completed'))],
      Windows: [
        looping(died(-1_073_741_819), {
          spec: { os: { name: 'windows' }, restartPolicy: 'Always', containers: [{ name: 'app', image: 'a' }] },
        }),
      ],
      'a status that only counts': [pod({ phase: 'Running', containerStatuses: [loops()] })],
    },
    lookAlikes: {
      'a start that failed': [looping({ exitCode: 128, reason: 'StartError' })],
      'an end that was asked for': [
        pod({ phase: 'Running', containerStatuses: [ends(died(143))] }, { deletionTimestamp: after(3), deletionGracePeriodSeconds: 30 }),
      ],
      'a Job that is done': [
        pod(
          { phase: 'Succeeded', containerStatuses: [ends(died(0, 'Completed'))] },
          { spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'a' }] } },
        ),
      ],
      'a restart by its own rules': [
        pod({
          phase: 'Running',
          containerStatuses: [runs({ restartCount: 1, lastState: { terminated: died(137, 'RestartingAllContainers') } })],
        }),
      ],
    },
  },
  'oom-killed': {
    found: {
      'in force': [looping(died(137, 'OOMKilled'))],
      'for good': [pod({ phase: 'Failed', containerStatuses: [ends(died(137, 'OOMKilled'))] })],
      'a child, the process itself ended otherwise': [looping(died(1, 'OOMKilled'))],
      'an init container that ended with 0': [
        pod({ phase: 'Pending', initContainerStatuses: [{ ...ends(died(0, 'OOMKilled')), name: 'init' }] }),
      ],
    },
    lookAlikes: {
      '137 by somebody else': [looping(died(137))],
      'an eviction for memory': [
        pod({
          phase: 'Failed',
          reason: 'Evicted',
          message: 'The node was low on resource: memory. ',
          containerStatuses: [ends(died(137))],
        }),
      ],
      'a heap that is full': [
        looping(died(134, 'Error', { message: 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory' })),
      ],
    },
  },
  'liveness-probe-failed': {
    found: {
      'the words of today': [
        looping(died(137), spec({ livenessProbe: probe })),
        killing('Container app failed liveness probe, will be restarted'),
        unhealthy('Liveness probe failed: HTTP probe failed with statuscode: 500'),
      ],
      'the words before 1.14': [
        looping(died(137), spec({ livenessProbe: probe })),
        killing('Killing container with id docker://app:Container failed liveness probe.. Container will be killed and recreated.'),
      ],
      'never to be restarted': [
        pod(
          { phase: 'Failed', containerStatuses: [ends(died(143))] },
          { spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'a', livenessProbe: probe }] } },
        ),
        killing('Container app failed liveness probe'),
      ],
      'an event that the spam filter swallowed': [
        looping(died(137), spec({ livenessProbe: probe })),
        unhealthy(
          'Liveness probe failed: Get "http://10.0.0.9:8080/healthz": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
        ),
      ],
    },
    lookAlikes: {
      'a process that died by itself': [
        looping(died(1, 'Error', { message: 'panic: nil map' }), spec({ livenessProbe: probe })),
        unhealthy('Liveness probe failed: Get "http://10.0.0.9:8080/healthz": dial tcp 10.0.0.9:8080: connect: connection refused', 1),
      ],
      'a warning, which counts as passed': [
        looping(died(137), spec({ livenessProbe: probe })),
        unhealthy('Liveness probe warning: Probe terminated redirects, Response body: '),
      ],
      'a stop of the pod': [looping(died(137), spec({ livenessProbe: probe })), killing('Stopping container app')],
    },
  },
  'startup-probe-failed': {
    found: {
      'the words of today': [
        looping(died(137), spec({ startupProbe: probe })),
        killing('Container app failed startup probe, will be restarted'),
      ],
      'never to be restarted': [
        pod(
          { phase: 'Failed', containerStatuses: [ends(died(143))] },
          { spec: { restartPolicy: 'Never', containers: [{ name: 'app', image: 'a', startupProbe: probe }] } },
        ),
        killing('Container app failed startup probe'),
      ],
      'an event that the spam filter swallowed': [
        looping(died(143), spec({ startupProbe: probe })),
        unhealthy('Startup probe failed: dial tcp 10.0.0.9:8080: connect: connection refused'),
      ],
    },
    lookAlikes: {
      'a liveness probe': [
        looping(died(137), spec({ livenessProbe: probe, startupProbe: probe })),
        killing('Container app failed liveness probe, will be restarted'),
      ],
      'a slow start that passed': [
        pod({ phase: 'Running', containerStatuses: [runs({ started: true })] }, spec({ startupProbe: probe })),
        unhealthy('Startup probe failed: connection refused'),
      ],
    },
  },
  'readiness-probe-failed': {
    found: {
      'an answer': unready('Readiness probe failed: HTTP probe failed with statuscode: 503'),
      'nobody listens': unready(
        'Readiness probe failed: Get "http://10.0.0.9:8080/healthz": dial tcp 10.0.0.9:8080: connect: connection refused',
      ),
      gRPC: unready('Readiness probe failed: service unhealthy (responded with "NOT_SERVING")'),
      'a probe that cannot be asked, as it was said before 1.34': unready(
        'Readiness probe errored: strconv.Atoi: parsing "web": invalid syntax',
      ),
      'no event at all': [
        pod(
          { phase: 'Running', containerStatuses: [runs({ ready: false, state: { running: { startedAt: created } } })] },
          spec({ readinessProbe: probe }),
        ),
        later(5),
      ],
    },
    lookAlikes: {
      'ready again': [
        pod({ phase: 'Running', containerStatuses: [runs()] }, spec({ readinessProbe: probe })),
        unhealthy('Readiness probe failed: HTTP probe failed with statuscode: 503'),
      ],
      'a start that takes a moment': [
        pod(
          { phase: 'Running', containerStatuses: [runs({ ready: false, state: { running: { startedAt: created } } })] },
          spec({ readinessProbe: probe }),
        ),
        event('Unhealthy', 'Readiness probe failed: connection refused', { lastTimestamp: after(0, 12) }),
      ],
      'a readiness gate': [
        pod(
          {
            phase: 'Running',
            conditions: [{ type: 'Ready', status: 'False', reason: 'ReadinessGatesNotReady' }],
            containerStatuses: [runs()],
          },
          spec({ readinessProbe: probe }),
        ),
        later(5),
      ],
      'a startup probe that has not passed': [
        pod(
          { phase: 'Running', containerStatuses: [runs({ ready: false, started: false, state: { running: { startedAt: created } } })] },
          spec({ readinessProbe: probe, startupProbe: probe }),
        ),
        later(5),
      ],
    },
  },
  'container-status-unknown': {
    found: {
      'the kubelet': [
        pod({
          phase: 'Failed',
          containerStatuses: [
            ends({
              exitCode: 137,
              reason: 'ContainerStatusUnknown',
              message: 'The container could not be located when the pod was terminated',
            }),
          ],
        }),
      ],
      containerd: [looping({ exitCode: 255, reason: 'Unknown' })],
      'CRI-O': [looping({ exitCode: -1 })],
    },
    lookAlikes: {
      'a process that ends with 255': [looping(died(255, 'Error'))],
      'a pod that was deleted': [
        pod(
          {
            phase: 'Running',
            containerStatuses: [
              ends({
                exitCode: 137,
                reason: 'ContainerStatusUnknown',
                message: 'The container could not be located when the pod was deleted.  The container used to be Running',
              }),
            ],
          },
          { deletionTimestamp: after(3) },
        ),
      ],
    },
  },
  'pod-failed': {
    found: {
      'no more than a phase': [pod({ phase: 'Failed' })],
      'a message without a reason': [pod({ phase: 'Failed', message: 'somebody wrote this' })],
      'containers that say they completed': [pod({ phase: 'Failed', containerStatuses: [ends({ exitCode: 0, reason: 'Completed' })] })],
    },
    lookAlikes: {
      'a container that failed': [pod({ phase: 'Failed', containerStatuses: [ends(died(1))] })],
      'a pod that was deleted': [pod({ phase: 'Failed' }, { deletionTimestamp: created })],
      'a container that waits': [pod({ phase: 'Pending', containerStatuses: [waits('ContainerCreating')] })],
    },
  },
};
