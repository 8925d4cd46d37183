import { describe, expect, test } from 'vitest';
import { at, container, ended, event, running, waiting } from '../../support/build-observations.ts';
import { cronRun, exportJob, complete, failed, job, jobPod, nightly } from './job-observations.ts';
import { primaryOf, toldOf } from './signs-of.ts';

const look = { workload: exportJob };

function crashed(seconds: number, uid: string, exitCode = 4, reason?: string) {
  return jobPod(seconds + 1, uid, {
    createdAt: at(seconds - 5),
    phase: 'Failed',
    containers: [
      container({ containerID: `containerd://${uid}`, state: ended(`containerd://${uid}`, exitCode, seconds - 2, seconds, reason) }),
    ],
  });
}

const runs = (seconds: number, uid: string) =>
  jobPod(seconds, uid, {
    createdAt: at(seconds - 1),
    containers: [container({ containerID: `containerd://${uid}`, state: running(seconds) })],
  });

describe('job-failed', () => {
  const pods = [crashed(10, 'p1'), crashed(30, 'p2'), crashed(60, 'p3')];

  test('the exits of its pods are errors until the Job gives up, then all of them are JobFailed', () => {
    expect(toldOf([job(0), ...pods], look)).toEqual(Array(3).fill('Error startup unknown-app-exit app'));
    expect(toldOf([job(0), ...pods, job(62, { conditions: failed(62) })], look)).toEqual(
      Array(3).fill('JobFailed startup unknown-app-exit app'),
    );
  });

  test.each([
    ['backoffLimit', 'BackoffLimitExceeded', 'Job has reached the specified backoff limit'],
    [
      'a pod failure policy',
      'PodFailurePolicy',
      'Container app for pod shop/export-p3 failed with exit code 4 matching FailJob rule at index 0',
    ],
    ['failed indexes', 'FailedIndexes', 'Job has failed indexes'],
  ])('%s is the reason, quoted', (_, reason, message) => {
    const signs = primaryOf([job(0), crashed(10, 'p1'), job(12, { conditions: failed(12, reason, message) })], look);
    expect(signs.map((sign) => [sign.symptom, sign.reason, sign.quote])).toEqual([['JobFailed', reason, `${reason}: ${message}`]]);
  });

  test('what its pods failed of comes first: an OOM kill, an image, an eviction', () => {
    const gaveUp = job(62, { conditions: failed(62) });
    expect(toldOf([job(0), crashed(60, 'p1', 137, 'OOMKilled'), gaveUp], look)).toEqual(['OOMKilled startup oom-node app']);
    const pulling = jobPod(5, 'p1', { phase: 'Pending', containers: [container({ state: waiting('ErrImagePull', 'manifest unknown') })] });
    const stopping = { deletionTimestamp: at(62), deletionGracePeriodSeconds: 0 };
    const removed = jobPod(62, 'p1', { phase: 'Pending', ...stopping, deleted: true, containers: pulling.containers });
    expect(toldOf([job(0), pulling, removed, gaveUp], look)).toEqual(['ImagePullBackOff image-pull not-found app']);
    const evicted = jobPod(60, 'p1', {
      phase: 'Failed',
      reason: 'Evicted',
      message: 'Usage of EmptyDir volume "v" exceeds the limit "1Gi". ',
      containers: [container({ containerID: 'containerd://p1', state: ended('containerd://p1', 137, 2, 59) })],
    });
    expect(toldOf([job(0), evicted, gaveUp], look)).toEqual(['Evicted termination evicted-emptydir-limit app']);
  });

  test('a Job whose pods nobody saw names the container of its template', () => {
    expect(toldOf([job(0), job(62, { conditions: failed(62) })], look)).toEqual(['JobFailed running unexplained app']);
  });

  test('trap 43: pods that the controller deletes when the Job gives up did nothing wrong', () => {
    const stopping = { deletionTimestamp: at(92), deletionGracePeriodSeconds: 30 };
    const sibling = [
      runs(20, 'p2'),
      jobPod(63, 'p2', { ...stopping, containers: [container({ containerID: 'containerd://p2', state: running(20) })] }),
      jobPod(64, 'p2', {
        ...stopping,
        phase: 'Failed',
        deleted: true,
        containers: [container({ containerID: 'containerd://p2', state: ended('containerd://p2', 143, 20, 63) })],
      }),
    ];
    expect(toldOf([job(0), crashed(60, 'p1'), ...sibling, job(62, { conditions: failed(62) })], look)).toEqual([
      'JobFailed startup unknown-app-exit app',
    ]);
  });

  test('a Job that goes on, and one that is complete, failed in nothing', () => {
    expect(toldOf([job(0), runs(5, 'p1')], look)).toEqual([]);
    const done = jobPod(40, 'p1', {
      phase: 'Succeeded',
      containers: [container({ containerID: 'containerd://p1', state: ended('containerd://p1', 0, 5, 39) })],
    });
    expect(toldOf([job(0), runs(5, 'p1'), done, job(41, { conditions: complete(41) })], look)).toEqual([]);
    expect(
      toldOf([job(0), job(5, { conditions: [{ type: 'Suspended', status: 'True', reason: 'JobSuspended' }], suspended: true })], look),
    ).toEqual([]);
  });
});

describe('the deadline of a Job', () => {
  const message = 'Job was active longer than specified deadline';
  const target = [{ type: 'FailureTarget', status: 'True', reason: 'DeadlineExceeded', message, lastTransitionTime: at(60) }];
  const stopping = { deletionTimestamp: at(90), deletionGracePeriodSeconds: 30 };
  const stopped = [
    runs(5, 'p1'),
    jobPod(60, 'p1', { ...stopping, createdAt: at(4), containers: [container({ containerID: 'containerd://p1', state: running(5) })] }),
    jobPod(66, 'p1', {
      ...stopping,
      createdAt: at(4),
      phase: 'Failed',
      deleted: true,
      containers: [container({ containerID: 'containerd://p1', state: ended('containerd://p1', 137, 5, 65) })],
    }),
  ];

  test.each([
    ['by the first condition, while the pod is being stopped', target],
    ['by the last condition', failed(66, 'DeadlineExceeded', message)],
    ['by both', [...target, ...failed(66, 'DeadlineExceeded', message)]],
  ])('%s', (_, conditions) => {
    expect(toldOf([job(0), ...stopped, job(66, { conditions, job: { activeDeadlineSeconds: 60 } })], look)).toEqual([
      'DeadlineExceeded termination deadline-exceeded app',
    ]);
  });

  test('an image that never came explains it', () => {
    const pulling = (seconds: number, fields: Parameters<typeof jobPod>[2] = {}) =>
      jobPod(seconds, 'p1', {
        phase: 'Pending',
        createdAt: at(4),
        containers: [container({ state: waiting('ImagePullBackOff', 'manifest unknown') })],
        ...fields,
      });
    const observations = [
      job(0),
      pulling(5),
      pulling(60, stopping),
      pulling(61, { ...stopping, deleted: true }),
      job(61, { conditions: target }),
    ];
    expect(toldOf(observations, look)).toEqual(['ImagePullBackOff image-pull not-found app']);
  });

  test('without its pods the Job stands for them', () => {
    expect(toldOf([job(0), job(66, { conditions: target })], look)).toEqual(['DeadlineExceeded termination deadline-exceeded app']);
  });

  test('an attempt that had crashed before failed with the Job', () => {
    expect(toldOf([job(0), crashed(3, 'p0'), ...stopped, job(66, { conditions: target })], look)).toEqual([
      'JobFailed startup unknown-app-exit app',
      'DeadlineExceeded termination deadline-exceeded app',
    ]);
  });
});

describe('the Job of a CronJob', () => {
  test('fails as any other', () => {
    const run = [job(0), crashed(10, 'p1'), job(12, { conditions: failed(12) })].map((item) => cronRun('nightly-1', item));
    expect(toldOf(run, { workload: nightly })).toEqual(['JobFailed startup unknown-app-exit app']);
  });

  test('two runs are told apart by uid', () => {
    const first = [job(0), crashed(10, 'p1'), job(12, { conditions: failed(12) })].map((item) => cronRun('nightly-1', item));
    const second = [job(100), crashed(110, 'p2')].map((item) => cronRun('nightly-2', item));
    expect(toldOf([...first, ...second], { workload: nightly })).toEqual([
      'JobFailed startup unknown-app-exit app',
      'Error startup unknown-app-exit app',
    ]);
  });
});

test('a Job whose pods may not be created fails of that', () => {
  const refused = event(5, {
    reason: 'FailedCreate',
    message: 'Error creating: pods "export-x" is forbidden: exceeded quota: compute, requested: cpu=2, used: cpu=8, limited: cpu=8',
    involvedObject: { kind: 'Job', namespace: 'shop', name: 'export', uid: 'job-1' },
    count: 4,
    lastTimestamp: at(60),
  });
  expect(toldOf([job(0), refused, job(90, { conditions: failed(90, 'DeadlineExceeded') })], look)).toEqual([
    'FailedCreate creation quota-exceeded -',
  ]);
});
