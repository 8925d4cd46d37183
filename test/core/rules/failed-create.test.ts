import { describe, expect, test } from 'vitest';
import { at, container, deployment, event, pod, replicaSet, running } from '../../support/build-observations.ts';
import { signsOf, toldOf } from './signs-of.ts';

const replicas = { wanted: 2, current: 0, ready: 0 };
const owners = [deployment(0, { replicas }), replicaSet(0, { replicas })];

const byReplicaSet = { kind: 'ReplicaSet', name: 'api-7d9f', uid: 'rs-1' };

/** First seen at 5, last at `to`. */
function refused(message: string, { to = 5, owner = byReplicaSet }: { to?: number; owner?: typeof byReplicaSet } = {}) {
  return event(to, {
    uid: `f-${message}`,
    reason: 'FailedCreate',
    message,
    involvedObject: { namespace: 'shop', ...owner },
    count: to > 5 ? 4 : 1,
    firstTimestamp: at(5),
    lastTimestamp: at(to),
    source: { component: 'replicaset-controller' },
  });
}

const quota =
  'Error creating: pods "api-7d9f-x" is forbidden: exceeded quota: compute, requested: limits.memory=1Gi, used: limits.memory=2Gi, limited: limits.memory=2Gi';

describe('trap 81: failed-create, of a workload that has no pod', () => {
  test('opens at the second try, which the event counts, and has no container', () => {
    expect(signsOf([...owners, refused(quota, { to: 7 })], 8)).toEqual([
      {
        rule: 'failed-create',
        symptom: 'FailedCreate',
        phase: 'creation',
        cause: 'quota-exceeded',
        basis: 'observed',
        container: undefined,
        from: 5,
        until: undefined,
        opens: 7,
        deaths: 0,
      },
    ]);
  });

  test.each([
    [
      'pod security',
      'Error creating: pods "api-x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
      'admission-denied',
    ],
    ['a webhook that refuses', 'Error creating: admission webhook "policy.example" denied the request: no latest tags', 'admission-denied'],
    [
      'a webhook that is down',
      'Error creating: Internal error occurred: failed calling webhook "inject.example": connection refused',
      'webhook-unavailable',
    ],
    [
      'no service account',
      'Error creating: pods "api-x" is forbidden: error looking up service account shop/api: serviceaccount "api" not found',
      'service-account-missing',
    ],
    [
      'an invalid template',
      'Error creating: Pod "api-x" is invalid: spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit',
      'invalid-spec',
    ],
    ['trap 51: combined with others', `(combined from similar events): ${quota}`, 'quota-exceeded'],
    ['a text nobody knows', 'Error creating: the API server is tired', 'unexplained'],
  ])('%s', (_, message, cause) => {
    expect(toldOf([...owners, refused(message, { to: 60 })])).toEqual([`FailedCreate creation ${cause} -`]);
  });

  test('the condition remains when the events have expired', () => {
    const conditions = [
      {
        type: 'ReplicaFailure',
        status: 'True',
        reason: 'FailedCreate',
        message: quota.slice('Error creating: '.length),
        lastTransitionTime: at(5),
      },
    ];
    expect(toldOf([deployment(0, { replicas }), deployment(6, { replicas, conditions })])).toEqual([
      'FailedCreate creation quota-exceeded -',
    ]);
  });

  test('a Deployment repeats what its ReplicaSet meets, and is told once', () => {
    const conditions = [{ type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: quota, lastTransitionTime: at(5) }];
    const observations = [deployment(6, { replicas, conditions }), replicaSet(6, { replicas, conditions }), refused(quota, { to: 60 })];
    expect(toldOf(observations)).toEqual(['FailedCreate creation quota-exceeded -']);
  });

  test('StatefulSets and DaemonSets word it in their own way', () => {
    const set = { kind: 'StatefulSet', name: 'db', uid: 'sts-1' };
    const owner = deployment(0, {
      objectKind: 'StatefulSet',
      name: 'db',
      uid: 'sts-1',
      workload: { kind: 'StatefulSet', name: 'db', chain: [] },
      replicas,
    });
    const message = 'create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: exceeded quota: compute, requested: cpu=1';
    expect(toldOf([owner, refused(message, { to: 60, owner: set })], { workload: { kind: 'StatefulSet', name: 'db' } })).toEqual([
      'FailedCreate creation quota-exceeded -',
    ]);
  });

  test('is over once a pod could be created, or all that is wanted is there', () => {
    const created = pod(70, {
      createdAt: at(65),
      containers: [container({ ready: true, containerID: 'containerd://a', state: running(66) })],
    });
    expect(signsOf([...owners, refused(quota, { to: 60 }), created]).map((sign) => sign.until)).toEqual([65]);
    const content = replicaSet(80, { replicas: { wanted: 2, current: 2, ready: 2 } });
    expect(signsOf([...owners, refused(quota, { to: 60 }), content]).map((sign) => sign.until)).toEqual([80]);
  });
});

describe('what looks like a workload that may not create its pods', () => {
  test('one refusal, and then it worked', () => {
    const created = pod(7, {
      createdAt: at(6),
      containers: [container({ ready: true, containerID: 'containerd://a', state: running(7) })],
    });
    expect(toldOf([...owners, refused(quota), created])).toEqual([]);
  });

  test('a namespace that is being deleted', () => {
    const message =
      'Error creating: pods "api-x" is forbidden: unable to create new content in namespace shop because it is being terminated';
    expect(toldOf([...owners, refused(message, { to: 60 })])).toEqual([]);
  });

  test('events of another workload, and an old event in a single look at one that has all it wants', () => {
    expect(toldOf([...owners, refused(quota, { to: 60, owner: { kind: 'ReplicaSet', name: 'web-1', uid: 'rs-9' } })])).toEqual([]);
    const well = [
      deployment(0, { replicas: { wanted: 2, current: 2, ready: 2 } }),
      replicaSet(0, { replicas: { wanted: 2, current: 2, ready: 2 } }),
    ];
    expect(toldOf([...well, refused(quota, { to: 60 })], { snapshot: true, now: 900 })).toEqual([]);
  });
});
