import { describe, expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import { node } from '../../support/build-cluster-observations.ts';
import {
  at,
  container,
  deployment,
  ended,
  event,
  imageID,
  key,
  log,
  pod,
  replicaSet,
  running,
  waiting,
} from '../../support/build-observations.ts';
import { timelineSection } from '../../support/timeline-section.ts';
import { exportJob, failed, job, jobPod } from '../rules/job-observations.ts';

const rowsOf = (observations: readonly Observation[], seconds = 200) =>
  timelineSection(observations, seconds, 'Timeline').filter((line) => line.startsWith('| 14:') || line.startsWith('| ≈'));

/** Deaths of one container, each `[start, ready from, end]` in seconds. */
function attempts(times: readonly (readonly [number, number, number])[], fields: Parameters<typeof container>[0] = {}) {
  return times.flatMap(([from, ready, to], restartCount) => {
    const containerID = `containerd://${restartCount}`;
    const own = { imageID, containerID, restartCount, ...fields };
    return [
      pod(from, { containers: [container({ ...own, state: running(from) })] }),
      pod(ready, { containers: [container({ ...own, ready: true, state: running(from) })] }),
      pod(to, { containers: [container({ ...own, state: ended(containerID, 1, from, to) })] }),
    ];
  });
}

const controllers = [deployment(0), replicaSet(0)];

describe('deaths', () => {
  const times = [
    [1, 3, 9],
    [20, 22, 26],
    [40, 42, 48],
    [70, 71, 78],
    [100, 102, 108],
  ] as const;

  test('how long each was ready stands beside how long it lived, where a probe says so', () => {
    const probed = [...controllers, ...attempts(times, { readinessProbe: { httpGet: { path: '/ready', port: '80' } } })];
    expect(rowsOf(probed).slice(1)).toEqual([
      '| 14:00:09 | T+0 | running | **`CrashLoopBackOff`** container `app` (exit code 1), 8 s after start, ready for 6 s | `pod/api-7d9f-abcde` | `1.4.2` | [EV] |',
      '| 14:00:26, 14:00:48, 14:01:18, 14:01:48 | T+17s | running | **`CrashLoopBackOff`** again ×4 (1), 6 s to 8 s after start, ready for 4 s to 7 s | `pod/api-7d9f-abcde` | `1.4.2` | [EV] [EV] [EV] +1 |',
    ]);
    expect(rowsOf([...controllers, ...attempts(times)])[1]).toContain('8 s after start |');
  });

  test('a stop is dated by its order, and the process by its end', () => {
    const id = 'containerd://0';
    const observations = [
      ...controllers,
      pod(1, { containers: [container({ imageID, containerID: id, ready: true, state: running(1) })] }),
      event(30, { reason: 'Evicted', message: 'Container app exceeded its local ephemeral storage limit "40Mi". ' }),
      pod(33, {
        phase: 'Failed',
        reason: 'Evicted',
        message: 'Container app exceeded its local ephemeral storage limit "40Mi". ',
        containers: [container({ imageID, containerID: id, state: ended(id, 137, 1, 32) })],
      }),
    ];
    expect(rowsOf(observations)[1]).toContain(
      '| 14:00:30 … 14:00:32 | T+0 | termination | **`Evicted`** container `app` (exit code 137, SIGKILL), ended 31 s after start',
    );
    expect(timelineSection(observations, 200, 'Chapters: where it failed, on which image')[2]).toContain(
      '(observed): `limit of the pod itself`; `Container app exceeded',
    );
  });
});

test('a failure that keeps its words is dated by its events as far as they go', () => {
  const observations = [
    ...controllers,
    event(2, { reason: 'Failed', message: 'Error: secret "db" not found', count: 5, lastTimestamp: at(38) }),
    pod(3, { phase: 'Pending', containers: [container({ state: waiting('CreateContainerConfigError', 'secret "db" not found') })] }),
  ];
  expect(rowsOf(observations, 60)[1]).toContain(
    '| 14:00:02 … 14:00:38 | T+0 | container-config | **`CreateContainerConfigError`** container `app`: `secret "db" not found` ×5 |',
  );
});

test('a back-off tells its delays, and the count of its event apart from them', () => {
  const told = (delay: string) => waiting('CrashLoopBackOff', `back-off ${delay} restarting failed container=app pod=api_shop(1)`);
  const last = { lastState: ended('containerd://0', 1, 1, 9), containerID: 'containerd://0' };
  const observations = [
    ...controllers,
    ...attempts([[1, 3, 9]]),
    pod(110, { containers: [container({ ...last, state: told('20s') })] }),
    pod(150, { containers: [container({ ...last, state: told('2m40s') })] }),
    event(12, { reason: 'BackOff', message: 'Back-off restarting failed container app in pod x', count: 7, lastTimestamp: at(150) }),
  ];
  expect(rowsOf(observations).at(-1)).toBe(
    '| 14:00:12 … 14:02:30 | T+3s | | back-off before a restart of container `app`, 20 s, 2 min 40 s (`BackOff` ×7) | `pod/api-7d9f-abcde` | `1.4.2` | [EV] |',
  );
});

describe('a Job that gives up', () => {
  const crashed = (seconds: number, uid: string) =>
    jobPod(seconds + 1, uid, {
      createdAt: at(seconds - 5),
      phase: 'Failed',
      containers: [container({ containerID: `containerd://${uid}`, state: ended(`containerd://${uid}`, 4, seconds - 2, seconds) })],
    });
  const observations = [job(0), crashed(10, 'p1'), crashed(30, 'p2'), job(32, { conditions: failed(32) })];
  const sectionOf = (heading: string) => timelineSection(observations, 60, heading, { ...key, ...exportJob });

  test('does so when it does: until then its pods fail by themselves', () => {
    expect(sectionOf('Timeline').slice(2)).toEqual([
      '| 14:00:00 | T-10s | creation | the Job was created | `job/export` | → `7` | [EV] |',
      '| 14:00:10 | T+0 | startup | **`Error`** container `app` (exit code 4), 2 s after start | `pod/export-p1` | `1.4.2` | [EV] |',
      '| 14:00:30 | T+20s | startup | **`Error`** again (4), 2 s after start | `pod/export-p2` | `1.4.2` | [EV] |',
      '| 14:00:32 | T+32s | termination | the Job failed for good: `BackoffLimitExceeded: Job has reached the specified backoff limit` | `job/export` | `7` | [EV] |'.replace(
        'T+32s',
        'T+22s',
      ),
    ]);
    expect(sectionOf('Where each pod failed')[2]).toContain('| `export-p1` | `app` | startup | `Error` | 4 | 0 |');
    expect(sectionOf('Milestones')[2]).toBe('| Onset | 14:00:10 | T+0 | observed: first death of container `app` | [EV] |');
  });

  test('is cited with what its record shows', () => {
    expect(sectionOf('Evidence').find((line) => line.includes('| `Job` |') && line.includes('14:00:32'))).toContain(
      'Failed: BackoffLimitExceeded, images',
    );
  });
});

test('a cited state says whether its pod was ready, and a node what it reported', () => {
  const notReady = [{ type: 'Ready', status: 'Unknown' as const, reason: 'NodeStatusUnknown', lastTransitionTime: at(50) }];
  const observations = [
    ...controllers,
    pod(1, { containers: [container({ imageID, containerID: 'containerd://0', ready: true, state: running(1) })] }),
    node(50, '7', { conditions: notReady }),
    event(51, { reason: 'NodeNotReady', message: 'Node is not ready', source: { component: 'node-controller' } }),
  ];
  const evidence = timelineSection(observations, 200, 'Evidence').join('\n');
  expect(evidence).toContain('`node-1, Ready=Unknown: NodeStatusUnknown`');
  expect(rowsOf(observations)[1]).toMatch(/\*\*`NodeLost`\*\* `node-1`.* \| `pod\/api-7d9f-abcde` \| `1\.4\.2` \|/);
});

test('an end that no state shows cuts the lane of its container all the same', () => {
  const restarted = { imageID, containerID: 'containerd://1', restartCount: 1, lastState: ended('containerd://0', 137, 1, 20) };
  const observations = [
    ...controllers,
    pod(2, { containers: [container({ imageID, containerID: 'containerd://0', ready: true, state: running(1) })] }),
    pod(20.5, { containers: [container({ ...restarted, ready: true, state: running(20) })] }),
  ];
  expect(timelineSection(observations, 60, 'Lanes').filter((line) => line.includes(' :'))).toEqual([
    '  ready :done, 2026-05-03T14:00:02.000, 2026-05-03T14:00:20.000',
    '  Error :crit, 2026-05-03T14:00:20.000, 2026-05-03T14:00:20.500',
  ]);
});

test('where nothing tells the cause, the chapter says how the log ends; the rollout names the image that failed', () => {
  const both = [
    { name: 'web', role: 'app' as const, image: 'registry.example/shop/web:7' },
    { name: 'app', role: 'app' as const, image: 'registry.example/shop/api:1.4.2' },
  ];
  const observations = [
    deployment(0, { containers: both }),
    replicaSet(0, { containers: both }),
    ...attempts([[1, 3, 9]]),
    log(10, 'containerd://0', 'starting\nthe shop is closed today\n'),
  ];
  expect(timelineSection(observations, 60, 'Chapters: where it failed, on which image')[2]).toContain(
    '`unknown-app-exit`, no rule tells from the records why it ended (derived); its log ends with `the shop is closed today` [EV] | `app` |',
  );
  expect(rowsOf(observations)[0]).toContain('| rolled out revision `1` | `deploy/api` | → `1.4.2` |');
});

test('a probe tells a process to stop before it has stopped', () => {
  const probe = { httpGet: { path: '/healthz', port: '8080' }, initialDelaySeconds: 5, periodSeconds: 5, failureThreshold: 3 };
  const spec = { imageID, livenessProbe: probe };
  const observations = [
    ...controllers,
    pod(1, { terminationGracePeriodSeconds: 8, containers: [container({ ...spec, containerID: 'containerd://0', state: running(1) })] }),
    event(16, { reason: 'Unhealthy', message: 'Liveness probe failed: connection refused', count: 3, firstTimestamp: at(6) }),
    event(16, { reason: 'Killing', type: 'Normal', message: 'Container app failed liveness probe, will be restarted' }),
    pod(25, {
      terminationGracePeriodSeconds: 8,
      containers: [
        container({
          ...spec,
          restartCount: 1,
          containerID: 'containerd://1',
          state: running(24),
          lastState: ended('containerd://0', 137, 1, 24),
        }),
      ],
    }),
  ];
  expect(rowsOf(observations, 30)[1]).toContain(
    '**`LivenessProbeFailed`** container `app` (exit code 137, SIGKILL), 23 s after start, told to stop 8 s before, `connection refused`',
  );
  expect(rowsOf(observations, 30)[1]).toContain(' | [EV] [EV] |');
  expect(timelineSection(observations, 30, 'Chapters: where it failed, on which image')[2]).toContain(
    '`GET /healthz on port 8080; 5 s delay + 3 × 5 s = 20 s allowed, 8 s of grace, instance 0 lived 23 s`',
  );
});
