import { describe, expect, test } from 'vitest';
import { renderTimeline } from '#core/report/timeline/render-timeline.ts';
import type { Observation } from '#core/wire/observation.ts';
import { at, container, ended, event, log, pod, running, waiting } from '../../support/build-observations.ts';
import { builtFrom, draftOf, partOf } from '../../support/draft-of.ts';

const name = { workload: { kind: 'Deployment', name: 'api', chain: [] } };

function identity(uid: string, revisionHash: string, on: string) {
  return { ...name, uid, name: `api-${uid}`, node: on, revisionHash, createdAt: at(revisionHash === 'old' ? 10 : 100) };
}

function well(uid: string, revision: string, on: string): Observation {
  const status = container({ ready: true, containerID: `containerd://${uid}`, state: running(101) });
  return pod(200, { ...identity(uid, revision, on), containers: [status] });
}

function loops(uid: string, revision: string, on: string): Observation {
  const last = ended(`containerd://${uid}`, 1, 101, 190);
  const status = container({ state: waiting('CrashLoopBackOff'), lastState: last, restartCount: 4 });
  return pod(200, { ...identity(uid, revision, on), containers: [status] });
}

function firstStep(draft: string): string {
  return partOf(draft, 'steps').split('\n')[2] ?? '';
}

function reachOf(observations: readonly Observation[]): readonly string[] {
  const timeline = renderTimeline(builtFrom(observations, 400), 'a'.repeat(64));
  return timeline
    .split('\n')
    .filter((line) => line.startsWith('| Reach'))
    .map((line) => line.replaceAll(/\[EV-[0-9a-f]+\]\(#ev-[0-9a-f]{16}\)/g, '[EV]'));
}

describe('how far a failure reaches is told with the two pods that show it', () => {
  test('all of the new revision and none of the old', () => {
    const observations = [well('o1', 'old', 'node-1'), loops('n1', 'new', 'node-1'), loops('n2', 'new', 'node-2')];
    const fact =
      'derived: `All 2 pods of revision new fail, and the one pod of revision old does not: compare what the rollout changed first.`';
    expect(firstStep(draftOf(observations, 400))).toContain(`; ${fact} [EV] [EV] |`);
    expect(reachOf(observations)).toEqual([`| Reach | ${fact} [EV] [EV] |`]);
  });

  test('one node', () => {
    const observations = [loops('a', 'new', 'node-1'), loops('b', 'new', 'node-1'), well('c', 'new', 'node-2')];
    const fact = 'derived: `All 2 failing pods are on node node-1, and the one pod elsewhere does not: look at the node first.`';
    expect(firstStep(draftOf(observations, 400))).toContain(`; ${fact} [EV] [EV] |`);
    expect(reachOf(observations)).toEqual([`| Reach | ${fact} [EV] [EV] |`]);
  });

  test('without a selector on record the command asks for all pods, not for one of many', () => {
    const two = [loops('a', 'new', 'node-1'), loops('b', 'new', 'node-2')];
    expect(firstStep(draftOf(two, 400))).toContain('| `kubectl get pods -n shop -o wide` |');
    expect(firstStep(draftOf(two.slice(1), 400))).toContain('| `kubectl get pods -n shop api-b -o wide` |');
  });

  test('nothing where nothing stands out', () => {
    const observations = [loops('a', 'new', 'node-1'), loops('b', 'new', 'node-2')];
    expect(firstStep(draftOf(observations, 400))).not.toContain('derived');
    expect(reachOf(observations)).toEqual([]);
  });
});

describe('a lost node', () => {
  test('is named, and looked at before its pods', () => {
    const observations = [
      well('a', 'new', 'node-7'),
      event(210, {
        involvedObject: { kind: 'Pod', name: 'api-a', namespace: 'shop', uid: 'a' },
        reason: 'NodeNotReady',
        message: 'Node is not ready',
      }),
    ];
    const draft = draftOf(observations, 400);
    expect(partOf(draft, 'summary')).toContain('failed in phase **lost** as `NodeLost`, node `node-7`.');
    expect(partOf(draft, 'steps').split('\n')[3]).toContain('| `kubectl describe node node-7` |');
    expect(renderTimeline(builtFrom(observations, 400), 'a'.repeat(64))).toContain('| lost | **`NodeLost`** `node-7`: ');
  });
});

describe('an end that no rule explains', () => {
  const first = ended('containerd://a', 3, 2, 4);
  const second = ended('containerd://b', 3, 14, 16);
  const states = [
    pod(5, { containers: [container({ containerID: 'containerd://a', state: first })] }),
    pod(17, { containers: [container({ restartCount: 1, containerID: 'containerd://b', state: second, lastState: first })] }),
  ];

  test('comes with how its newest log ends', () => {
    const logs = [
      log(6, 'containerd://a', 'starting\nthe shop is closed\n'),
      log(18, 'containerd://b', 'starting\nstill closed\n', { restartCount: 1 }),
    ];
    expect(partOf(draftOf([...states, ...logs], 60), 'summary')).toContain(
      '`unknown-app-exit`, no rule tells from the records why it ended (derived); its log ends with `still closed` [EV] [EV].',
    );
  });

  test('says nothing of logs without a line', () => {
    const draft = draftOf([...states, log(6, 'containerd://a', '\n')], 60);
    expect(partOf(draft, 'summary')).toContain('why it ended (derived) [EV]');
    expect(partOf(draft, 'questions')).toContain('- What made `app` fail as `CrashLoopBackOff`? No record shows it.');
  });
});
