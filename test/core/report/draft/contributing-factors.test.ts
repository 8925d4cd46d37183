import { describe, expect, test } from 'vitest';
import type { ContainerStatus } from '#core/wire/container.ts';
import type { Observation } from '#core/wire/observation.ts';
import { container, deployment, ended, event, imageID, pod, replicaSet, running, waiting } from '../../../support/build-observations.ts';
import { builtFrom, draftOf, partOf } from '../../../support/draft-of.ts';

function factorsOf(observations: readonly Observation[], seconds = 60): readonly string[] {
  return partOf(draftOf(observations, seconds), 'factors').split('\n');
}

/** One OOM kill, 20 s after the start. */
function killed(fields: Partial<ContainerStatus>): readonly Observation[] {
  const status = container({
    imageID,
    readinessProbe: { httpGet: { port: '8080' } },
    state: ended('containerd://a', 137, 5, 25, 'OOMKilled'),
    ...fields,
  });
  return [deployment(0, { replicas: { wanted: 2 } }), replicaSet(0), pod(26, { containers: [status] })];
}

describe('memory', () => {
  test('no limit', () => {
    expect(factorsOf(killed({}))).toEqual(['1. Container `app` has no memory limit: only the node bounds it [EV].']);
  });

  test('no request', () => {
    expect(factorsOf(killed({ resources: { limits: { memory: '192Mi' } } }))).toEqual([
      '1. The memory limit `192Mi` is below what `1.4.2` asked for: 1 of 1 recorded attempts met it, 20 s after its start [EV].',
      '2. Container `app` has no memory request: the scheduler counts it as nothing [EV].',
    ]);
  });

  test('a request far below the limit, and one equal to it', () => {
    const limited = (request: string) => factorsOf(killed({ resources: { limits: { memory: '192Mi' }, requests: { memory: request } } }));
    expect(limited('64Mi')[1]).toBe(
      '2. The memory limit `192Mi` is 3 times the request of `64Mi`, so the scheduler counts on less than the container may use [EV].',
    );
    expect(limited('192Mi')).toHaveLength(1);
  });

  test('the limit in force counts, not the one a resize asked for', () => {
    const resources = { limits: { memory: '1Gi' }, requests: { memory: '64Mi' } };
    const resourcesInForce = { limits: { memory: '64Mi' }, requests: { memory: '64Mi' } };
    expect(factorsOf(killed({ resources, resourcesInForce }))[0]).toContain('The memory limit `64Mi`');
  });

  test('a heap as large as the limit', () => {
    const args = ['-Xmx256m', '-jar', 'app.jar'];
    expect(factorsOf(killed({ args, resources: { limits: { memory: '256Mi' }, requests: { memory: '256Mi' } } }))[1]).toBe(
      '2. The heap may grow to `-Xmx256m`, 100 % of the memory limit `256Mi`, which everything outside the heap shares [EV].',
    );
    expect(factorsOf(killed({ args, resources: { limits: { memory: '1Gi' }, requests: { memory: '1Gi' } } }))).toHaveLength(1);
  });

  test('usage samples before the kill', () => {
    const usage: Observation = {
      kind: 'usage',
      id: 'd'.repeat(64),
      observedAt: '2026-05-03T14:00:26Z',
      cluster: 'test',
      namespace: 'shop',
      pod: 'api-7d9f-abcde',
      podUid: 'pod-1',
      container: 'app',
      containerID: 'containerd://a',
      samples: [
        { at: '2026-05-03T14:00:10Z', bytes: 50 * 2 ** 20 },
        { at: '2026-05-03T14:00:20Z', bytes: 190 * 2 ** 20 },
      ],
    };
    const observations = [...killed({ resources: { limits: { memory: '200Mi' }, requests: { memory: '200Mi' } } }), usage];
    expect(factorsOf(observations)[1]).toBe('2. The highest memory sample before a kill is 190 MiB, 95 % of the limit `200Mi` [EV].');
  });
});

describe('probes', () => {
  const livenessProbe = { httpGet: { path: '/healthz', port: '8080' }, initialDelaySeconds: 5, periodSeconds: 5, failureThreshold: 3 };
  const killedByProbe = (message: string, fields: Partial<ContainerStatus> = {}) => [
    deployment(0, { replicas: { wanted: 2 } }),
    replicaSet(0),
    event(20, { reason: 'Unhealthy', message: `Liveness probe failed: ${message}` }),
    event(24, { reason: 'Killing', type: 'Normal', message: 'Container app failed liveness probe, will be restarted' }),
    pod(30, {
      containers: [
        container({
          imageID,
          livenessProbe,
          restartCount: 1,
          lastState: ended('containerd://a', 137, 2, 27),
          state: running(28),
          ...fields,
        }),
      ],
    }),
  ];

  test('a slow boot without a startup probe, with the arithmetic', () => {
    expect(factorsOf(killedByProbe('dial tcp 10.0.0.1:8080: connect: connection refused'))).toEqual([
      '1. The liveness probe of container `app` allows 20 s (5 s delay + 3 × 5 s) from start, and there is no startup probe to hold it back; 1 attempt lived 25 s [EV] [EV].',
      '2. Container `app` has no readiness probe: it counts as ready for traffic and for rollouts as soon as its process runs [EV].',
    ]);
  });

  test('a process that answers badly is not helped by a startup probe', () => {
    const draft = draftOf(killedByProbe('HTTP probe failed with statuscode: 500'), 60);
    expect(partOf(draft, 'factors')).toContain('ends it after 3 failures, 5 s apart; 1 attempt lived 25 s');
    expect(partOf(draft, 'actions')).not.toContain('startup probe');
  });

  test('another container of the pod that has a readiness probe makes it wait', () => {
    const web = container({ name: 'web', statusIndex: 1, ready: true, state: running(2), readinessProbe: { httpGet: { port: '80' } } });
    const observations = [
      deployment(0, { replicas: { wanted: 2 } }),
      replicaSet(0),
      pod(30, { containers: [container({ imageID, state: ended('containerd://a', 1, 2, 9) }), web] }),
    ];
    expect(factorsOf(observations)).toEqual(['_None can be proved from the spec or the history._']);
  });
});

describe('images', () => {
  test('a tag that meant two digests', () => {
    const other = imageID.replace('abab', 'cdcd');
    const observations = [
      ...killed({ resources: { limits: { memory: '1Gi' }, requests: { memory: '1Gi' } } }),
      pod(3, { uid: 'pod-0', name: 'api-7d9f-older', containers: [container({ imageID: other, ready: true, state: running(2) })] }),
    ];
    expect(factorsOf(observations)[1]).toBe('2. The tag moved: `registry.example/shop/api:1.4.2` meant 2 different digests [EV] [EV].');
  });

  test('a tag that does not exist', () => {
    const message =
      'Failed to pull image "registry.example/shop/api:1.4.2": rpc error: code = NotFound desc = failed to resolve image: not found';
    const observations = [
      deployment(0, { replicas: { wanted: 2 } }),
      replicaSet(0),
      pod(2, { containers: [container({ imagePullPolicy: 'Always', state: waiting('ErrImagePull', message) })] }),
      event(2, { reason: 'Failed', message, count: 3, lastTimestamp: '2026-05-03T14:00:40Z' }),
    ];
    expect(factorsOf(observations)).toEqual([
      '1. The image is named by tag, not by digest (`registry.example/shop/api:1.4.2`, pull policy `Always`): whether it exists showed only when a node pulled it [EV].',
    ]);
  });
});

test('one replica, and the n-th time within 30 days', () => {
  const observations = [deployment(0), ...killed({ resources: { limits: { memory: '1Gi' }, requests: { memory: '1Gi' } } }).slice(1)];
  const { incident } = builtFrom(observations, 60);
  const earlier = ['2026-01-01T10:00:00Z', '2026-04-20T10:00:00Z', '2026-04-28T10:00:00Z'].map((onsetAt, index) => ({
    ...incident,
    id: `INC-000000000000000${index}` as const,
    onsetAt,
  }));
  expect(
    partOf(draftOf(observations, 60, { earlier }), 'factors')
      .split('\n')
      .slice(1),
  ).toEqual([
    '2. This is the 3rd incident of this workload with `OOMKilled` of container `app` within 30 days; before it `INC-0000000000000002`, `INC-0000000000000001`.',
    '3. One replica is wanted, so a failure of its pod is the whole capacity [EV].',
  ]);
});

test('a reference that is not optional, by env variable and by volume', () => {
  const message = 'secret "shop-db" not found';
  const status = container({ state: waiting('CreateContainerConfigError', message) });
  const base = (own: Observation) => [deployment(0, { replicas: { wanted: 2 } }), replicaSet(0), own];
  const byEnv = { ...status, envSources: [{ env: 'DATABASE_URL', kind: 'Secret' as const, name: 'shop-db', key: 'url' }] };
  expect(factorsOf(base(pod(2, { containers: [byEnv] })))).toEqual([
    '1. Env variable `DATABASE_URL` of container `app` needs Secret `shop-db` and is not optional [EV].',
  ]);
  const volumes = [{ name: 'config', source: 'secret', ref: 'shop-db' }];
  expect(factorsOf(base(pod(2, { containers: [status], volumes })))).toEqual([
    '1. Volume `config` needs Secret `shop-db` and is not optional [EV].',
  ]);
  const optional = {
    ...status,
    envSources: [{ env: 'DATABASE_URL', kind: 'Secret' as const, name: 'shop-db', key: 'url', optional: true }],
  };
  expect(factorsOf(base(pod(2, { containers: [optional] })))).toEqual(['_None can be proved from the spec or the history._']);
});

test('what a pod that nobody schedules asks for', () => {
  const message = '0/3 nodes are available: 3 Insufficient memory.';
  const conditions = [
    { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message, lastTransitionTime: '2026-05-03T14:00:01Z' },
  ];
  const containers = [container({ resources: { requests: { memory: '512Gi', cpu: '2' } } })];
  const { node: _, ...unscheduled } = pod(1, { phase: 'Pending', conditions, containers });
  expect(factorsOf([deployment(0, { replicas: { wanted: 2 } }), replicaSet(0), unscheduled])).toEqual([
    '1. The pod asks the scheduler for: container `app` `cpu` `2`, `memory` `512Gi` [EV].',
  ]);
});

test('at most three actions, each tied to a factor that stands above', () => {
  const observations = killed({ args: ['-Xmx200m'], resources: { limits: { memory: '192Mi' }, requests: { memory: '64Mi' } } }).map(
    (item) => (item.kind === 'pod' ? { ...item, containers: item.containers.map(withoutReadiness) } : item),
  );
  const draft = draftOf(observations, 60);
  const rows = partOf(draft, 'actions').split('\n').slice(2);
  expect(rows.map((row) => row.split(' | ').slice(1))).toEqual([
    ['prevent', 'F1', 'TODO(human) |'],
    ['prevent', 'F3', 'TODO(human) |'],
    ['mitigate', 'F4', 'TODO(human) |'],
  ]);
  const factors = partOf(draft, 'factors').split('\n');
  expect([factors[0], factors[2], factors[3]].map((line) => line?.slice(0, 22))).toEqual([
    '1. The memory limit `1',
    '3. The heap may grow t',
    '4. Container `app` has',
  ]);
});

function withoutReadiness(status: ContainerStatus): ContainerStatus {
  const { readinessProbe: _, ...rest } = status;
  return rest;
}
