import { describe, expect, test } from 'vitest';
import { evidenceOf, incidentId } from '#core/evidence/evidence-id.ts';
import { toWorkloadHistory } from '#core/history/workload-history.ts';
import { buildIncidents } from '#core/incident/build-incidents.ts';
import type { Observation } from '#core/wire/observation.ts';
import { node } from '../../support/build-cluster-observations.ts';
import {
  at,
  container,
  deployment,
  ended,
  event,
  imageID,
  instant,
  key,
  pod,
  replicaSet,
  running,
  waiting,
} from '../../support/build-observations.ts';

function incidentsOf(observations: readonly Observation[], now: number) {
  return buildIncidents(toWorkloadHistory({ key, observations, now: instant(now) })).map(({ incident }) => incident);
}

function ready(seconds: number, id: string, restartCount = 0) {
  return pod(seconds, { containers: [container({ ready: true, imageID, restartCount, containerID: id, state: running(seconds) })] });
}

function died(seconds: number, id: string, restartCount = 0) {
  return pod(seconds, { containers: [container({ imageID, restartCount, containerID: id, state: ended(id, 1, seconds - 20, seconds) })] });
}

describe('one workload, one incident at a time', () => {
  const first = [deployment(0), ready(10, 'containerd://a'), died(100, 'containerd://a'), ready(102, 'containerd://b', 1)];

  test('a death opens at once, and being ready again recovers', () => {
    const [incident] = incidentsOf(first, 110);
    expect(incident).toMatchObject({
      status: 'recovered',
      settled: false,
      onsetAt: '2026-05-03T14:01:40Z',
      recoveredAt: '2026-05-03T14:01:42Z',
      mitigation: { kind: 'none' },
    });
    expect(incidentsOf(first.slice(0, 3), 110)).toMatchObject([
      { status: 'open', settled: false, chapters: [{ symptom: 'Error', terminations: 1 }] },
    ]);
  });

  test('it settles after five quiet minutes of data time, not of anything else', () => {
    expect(incidentsOf(first, 102 + 299)).toMatchObject([{ settled: false }]);
    expect(incidentsOf(first, 102 + 300)).toMatchObject([{ settled: true }]);
  });

  test('a failure before it has settled continues it, one after that opens another', () => {
    const again = (seconds: number) => [...first, died(seconds, 'containerd://b', 1), ready(seconds + 2, 'containerd://c', 2)];
    expect(incidentsOf(again(401), 500)).toMatchObject([{ chapters: [{ symptom: 'CrashLoopBackOff', terminations: 2 }] }]);
    expect(incidentsOf(again(403), 500).map((incident) => incident.onsetAt)).toEqual(['2026-05-03T14:01:40Z', '2026-05-03T14:06:43Z']);
  });

  test('a slow crash loop needs twice its longest interval to settle, at most an hour', () => {
    const slow = [
      deployment(0),
      ready(10, 'containerd://a'),
      died(100, 'containerd://a'),
      ready(102, 'containerd://b', 1),
      died(390, 'containerd://b', 1),
      ready(392, 'containerd://c', 2),
    ];
    expect(incidentsOf(slow, 392 + 579)).toMatchObject([{ settled: false }]);
    expect(incidentsOf(slow, 392 + 580)).toMatchObject([{ settled: true }]);
  });

  test('scaling to zero ends it, and the stop of its pods is nothing of its own', () => {
    const stopped = [
      ...first.slice(0, 3),
      deployment(200, { replicas: { wanted: 0 } }),
      pod(201, { deletionTimestamp: '2026-05-03T14:03:51Z', deletionGracePeriodSeconds: 30 }),
      pod(203, { deleted: true, deletionTimestamp: '2026-05-03T14:03:51Z', deletionGracePeriodSeconds: 30 }),
    ];
    expect(incidentsOf(stopped, 300)).toMatchObject([{ status: 'ended', settled: true, chapters: [{ symptom: 'Error' }] }]);
  });

  test('its id is the hash of what opened it; an earlier record that arrives late changes the id and keeps the old one', () => {
    const [late] = incidentsOf([deployment(0), died(100, 'containerd://b', 1)], 110);
    const [early] = incidentsOf([deployment(0), died(50, 'containerd://a'), died(100, 'containerd://b', 1)], 110);
    expect(early?.id).not.toBe(late?.id);
    expect(early?.aliases).toContain(late?.id);
  });
});

describe('mitigation is the last change before the recovery', () => {
  const refused = (seconds: number) =>
    pod(seconds, { phase: 'Pending', containers: [container({ state: waiting('CreateContainerConfigError', 'secret "db" not found') })] });

  test('what the container waited for appeared', () => {
    const incidents = incidentsOf([deployment(0), replicaSet(0), refused(5), refused(40), ready(60, 'containerd://a')], 70);
    expect(incidents).toMatchObject([
      { status: 'recovered', recoveredAt: '2026-05-03T14:01:00Z', mitigation: { kind: 'dependency-appeared', at: '2026-05-03T14:01:00Z' } },
    ]);
  });

  test('a node was found, and it stays that when the pod is taken away long after', () => {
    const held = (seconds: number) =>
      pod(seconds, {
        phase: 'Pending',
        node: undefined,
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/1 nodes are available.' }],
      });
    const well = ready(60, 'containerd://a');
    const records = [deployment(0), replicaSet(0), held(5), held(45), well];
    const removed = pod(7000, { containers: well.containers, deletionTimestamp: at(7030), deletionGracePeriodSeconds: 30 });
    const found = { recoveredAt: at(60), mitigation: { kind: 'dependency-appeared', at: at(60) } };
    expect(incidentsOf(records, 70)).toMatchObject([found]);
    expect(incidentsOf([...records, removed], 7001)).toMatchObject([found]);
  });

  test('a change of the wanted replicas', () => {
    const incidents = incidentsOf(
      [
        deployment(0),
        died(20, 'containerd://a'),
        deployment(30, { replicas: { wanted: 2 } }),
        deployment(35, { replicas: { wanted: 1 } }),
        ready(40, 'containerd://b', 1),
      ],
      50,
    );
    expect(incidents).toMatchObject([{ mitigation: { kind: 'scale', at: '2026-05-03T14:00:35Z' } }]);
  });
});

describe('chapters', () => {
  test('an image that resolves later fills in the digest; two digests under one reference are two chapters', () => {
    const other = `registry.example/shop/api@sha256:${'cd'.repeat(32)}`;
    const dead = (seconds: number, id: string, restartCount: number, digestOf: string) =>
      pod(seconds, {
        containers: [container({ imageID: digestOf, restartCount, containerID: id, state: ended(id, 1, seconds - 2, seconds) })],
      });
    const [incident] = incidentsOf(
      [deployment(0), dead(10, 'containerd://a', 0, ''), dead(30, 'containerd://b', 1, imageID), dead(60, 'containerd://c', 2, other)],
      70,
    );
    expect(incident?.chapters.map((chapter) => [chapter.image?.digest?.slice(0, 11), chapter.terminations])).toEqual([
      ['sha256:abab', 2],
      ['sha256:cdcd', 1],
    ]);
  });

  test('the phase is the furthest any of its deaths reached', () => {
    const dead = (seconds: number, id: string, restartCount: number, lived: number) =>
      pod(seconds, { containers: [container({ restartCount, containerID: id, state: ended(id, 1, seconds - lived, seconds) })] });
    expect(incidentsOf([dead(10, 'containerd://a', 0, 2), dead(60, 'containerd://b', 1, 30)], 70)).toMatchObject([
      { chapters: [{ phase: 'running' }] },
    ]);
  });
});

describe('coverage', () => {
  test('deaths that only restartCount proves are counted and named', () => {
    const seen = pod(100, {
      containers: [
        container({
          restartCount: 4,
          containerID: 'containerd://e',
          state: waiting('CrashLoopBackOff'),
          lastState: ended('containerd://e', 1, 90, 95),
        }),
      ],
    });
    const [incident] = incidentsOf([deployment(0), seen], 110);
    expect(incident?.coverage).toEqual({
      terminationsSeen: 1,
      terminationsKnown: 5,
      gaps: [
        {
          kind: 'terminations-missed',
          text: '4 of 5 terminations of container app in pod api-7d9f-abcde were not captured: restartCount proves them, no record shows them',
        },
        { kind: 'log-missing', text: 'log of instance 4 of container app in pod api-7d9f-abcde: no log record arrived' },
      ],
    });
  });
});

describe('normal is silent', () => {
  test('a rolling update: the new pod boots through readiness warnings, the old one stops with 0', () => {
    const observations = [
      deployment(0),
      replicaSet(0),
      ready(5, 'containerd://a'),
      event(4, {
        reason: 'Unhealthy',
        message: 'Readiness probe failed: Get "http://10.0.0.9:8080/": dial tcp 10.0.0.9:8080: connect: connection refused',
      }),
      pod(100, {
        deletionTimestamp: '2026-05-03T14:02:10Z',
        deletionGracePeriodSeconds: 30,
        containers: [container({ ready: true, containerID: 'containerd://a', state: running(5) })],
      }),
      event(100, { reason: 'Killing', type: 'Normal', message: 'Stopping container app' }),
      pod(101, {
        phase: 'Failed',
        deletionTimestamp: '2026-05-03T14:02:10Z',
        deletionGracePeriodSeconds: 30,
        containers: [container({ containerID: 'containerd://a', state: ended('containerd://a', 143, 5, 101) })],
      }),
      pod(102, {
        deleted: true,
        phase: 'Failed',
        containers: [container({ containerID: 'containerd://a', state: ended('containerd://a', 143, 5, 101) })],
      }),
    ];
    expect(incidentsOf(observations, 500)).toEqual([]);
  });
});

test('taking a workload away ends what still lasts, and nothing that was over long ago', () => {
  const first = [deployment(0), ready(10, 'containerd://a'), died(100, 'containerd://a'), ready(102, 'containerd://b', 1)];
  const second = [died(5000, 'containerd://b', 1), ready(5002, 'containerd://c', 2)];
  const gone = (seconds: number) => deployment(seconds, { deleted: true });
  expect(incidentsOf([...first, ...second, gone(9000)], 9001)).toMatchObject([
    { status: 'recovered', settled: true, recoveredAt: '2026-05-03T14:01:42Z' },
    { status: 'recovered', settled: true, recoveredAt: '2026-05-03T15:23:22Z' },
  ]);
  expect(incidentsOf([...first, gone(200)], 9001)).toMatchObject([{ status: 'ended' }]);
});

test('the record of a lost node opens an incident of each workload on it, and every one has a name of its own', () => {
  const down = node(50, '1', { conditions: [{ type: 'Ready', status: 'Unknown', lastTransitionTime: at(50) }] });
  const lost = ['api', 'web'].flatMap((name) => {
    const observations = [deployment(0, { name }), ready(10, 'containerd://a'), down];
    const workload = toWorkloadHistory({ key: { ...key, name }, observations, now: instant(200) });
    return buildIncidents(workload).map(({ incident }) => incident);
  });
  const shared = incidentId(key.cluster, evidenceOf(down));
  expect(lost.map(({ chapters }) => chapters.map(({ symptom }) => symptom))).toEqual([['NodeLost'], ['NodeLost']]);
  expect(lost.map(({ aliases }) => aliases)).toEqual([[shared], [shared]]);
  expect(new Set([shared, ...lost.map(({ id }) => id)]).size).toBe(3);
});
