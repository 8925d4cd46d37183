import { describe, expect, test } from 'vitest';
import { buildDiagnosis } from '#core/diagnosis/build-diagnosis.ts';
import { examineWorkload } from '#core/incident/build-incidents.ts';
import { toWorkloadHistory } from '#core/history/workload-history.ts';
import type { Observation } from '#core/wire/observation.ts';
import { at, container, ended, instant, key, log, pod, running, waiting } from '../../support/build-observations.ts';

const name = (workload: string) => ({ workload: { kind: 'Deployment', name: workload, chain: [] } });

interface Place {
  readonly uid: string;
  readonly node?: string;
  readonly revision?: string;
  readonly of?: string;
  readonly created?: number;
}

function identity({ uid, node = 'node-1', revision = 'new', of = 'api', created = 100 }: Place) {
  return { ...name(of), uid, name: `${of}-${uid}`, node, revisionHash: revision, createdAt: at(created) };
}

function ready(place: Place): Observation {
  return pod(200, {
    ...identity(place),
    containers: [container({ ready: true, containerID: `containerd://${place.uid}`, state: running(101) })],
  });
}

function loops(place: Place): Observation {
  const id = `containerd://${place.uid}`;
  const state = { state: waiting('CrashLoopBackOff'), lastState: ended(id, 1, 101, 190), restartCount: 4 };
  return pod(200, { ...identity(place), containers: [container(state)] });
}

/** What is said of all failures together, once. */
function told(...observations: readonly Observation[]): readonly string[] {
  const { findings } = buildDiagnosis(observations, instant(200));
  return [...new Set(findings.flatMap((finding) => (finding.scope ?? []).map((fact) => `${fact.kind}: ${fact.text}`)))];
}

describe('a rollout', () => {
  const old = { revision: 'old', created: 10 };
  const oldPods = [ready({ uid: 'o1', node: 'node-1', ...old }), ready({ uid: 'o2', node: 'node-2', ...old })];

  test('all replicas of the new revision fail, and none of the old', () => {
    const newPods = [loops({ uid: 'n1', node: 'node-1' }), loops({ uid: 'n2', node: 'node-2' })];
    expect(told(...oldPods, ...newPods)).toEqual([
      'new-revision: All 2 pods of revision new fail, and none of the 2 pods of revision old does: compare what the rollout changed first.',
    ]);
    expect(told(oldPods[0]!, newPods[0]!)).toEqual([
      'new-revision: The one pod of revision new fails, and the one pod of revision old does not: compare what the rollout changed first.',
    ]);
  });

  test.each([
    ['one of the new works', [...oldPods, loops({ uid: 'n1' }), ready({ uid: 'n2', node: 'node-2' })]],
    ['one of the old fails, too', [ready({ uid: 'o1', ...old }), loops({ uid: 'o3', node: 'node-2', ...old }), loops({ uid: 'n1' })]],
    ['no pod of another revision is left', [loops({ uid: 'n1' }), loops({ uid: 'n2', node: 'node-2' })]],
    ['the one that works is the newer', [loops({ uid: 'o1', ...old }), ready({ uid: 'n1', node: 'node-2' })]],
    ['a pod that belongs to somebody else', [ready({ uid: 'x1', of: 'web', ...old }), loops({ uid: 'n1' })]],
  ])('not when %s', (_, observations) => {
    expect(told(...observations)).toEqual([]);
  });

  test('an incident tells it of the time in which it failed, as derived and with both pods as evidence', () => {
    const gone = pod(60, { ...identity({ uid: 'o1', ...old }), deleted: true, containers: [container({ ready: true })] });
    const observations = [ready({ uid: 'o2', ...old, node: 'node-2' }), gone, loops({ uid: 'n1' })];
    const history = toWorkloadHistory({ key, observations, now: instant(400) });
    const [built] = examineWorkload(history).incidents;
    const [fact] = built?.incident.scope ?? [];
    expect(fact).toMatchObject({ kind: 'new-revision', basis: 'derived', text: expect.stringContaining('the one pod of revision old') });
    expect(fact?.evidence).toEqual(['n1', 'o2'].map((uid) => history.pods.find((item) => item.uid === uid)?.states.at(-1)?.evidence));
  });
});

describe('a node', () => {
  test('all failing pods are on one node, and others elsewhere are well', () => {
    const failing = [loops({ uid: 'a' }), loops({ uid: 'b' })];
    expect(told(...failing, ready({ uid: 'c', node: 'node-2' }))).toEqual([
      'node: All 2 failing pods are on node node-1, and the one pod elsewhere does not: look at the node first.',
    ]);
    const ofAnother = [loops({ uid: 'd', of: 'web' }), ready({ uid: 'e', of: 'web', node: 'node-2' })];
    expect(told(loops({ uid: 'a' }), ready({ uid: 'c', node: 'node-3' }), ...ofAnother)).toEqual([
      'node: All 2 failing pods are on node node-1, and none of the 2 pods elsewhere does: look at the node first.',
    ]);
  });

  test.each([
    ['they are on two', [loops({ uid: 'a' }), loops({ uid: 'b', node: 'node-2' }), ready({ uid: 'c', node: 'node-3' })]],
    ['there is but one node', [loops({ uid: 'a' }), loops({ uid: 'b' }), ready({ uid: 'c' })]],
    ['a single pod fails', [loops({ uid: 'a' }), ready({ uid: 'b', node: 'node-2' })]],
    ['only unrelated pods are elsewhere', [loops({ uid: 'a' }), loops({ uid: 'b' }), ready({ uid: 'c', of: 'web', node: 'node-2' })]],
  ])('not when %s', (_, observations) => {
    expect(told(...observations)).toEqual([]);
  });
});

describe('trap 73: an outage of a dependency is one, however many workloads it takes down', () => {
  const crash = (of: string, line: string) => [
    loops({ uid: of, of, node: `node-${of}` }),
    log(195, `containerd://${of}`, `${line}\n`, { ...name(of), podUid: of, pod: `${of}-${of}`, restartCount: 4 }),
  ];
  const refused = 'Error: connect ECONNREFUSED orders-db:5432';

  test('several workloads that fail at the same dependency name each other', () => {
    expect(told(...crash('api', refused), ...crash('web', 'dial tcp orders-db:5432: connect: connection refused'))).toEqual([
      'dependency: shop/Deployment/web fails with dep-refused at orders-db:5432, too: look at the dependency first.',
      'dependency: shop/Deployment/api fails with dep-refused at orders-db:5432, too: look at the dependency first.',
    ]);
  });

  test.each([
    ['another dependency', crash('web', 'Error: connect ECONNREFUSED cache:6379')],
    ['another failure at it', crash('web', 'FATAL: password authentication failed for user "web" at orders-db:5432')],
    ['a failure of its own', crash('web', 'panic: nil map')],
  ])('not %s', (_, other) => {
    expect(told(...crash('api', refused), ...other)).toEqual([]);
  });
});
