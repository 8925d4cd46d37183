import { describe, expect, test } from 'vitest';
import { observationId } from '#core/wire/observation-id.ts';
import type { NodeObservation } from '#core/wire/node.ts';
import type { Observation } from '#core/wire/observation.ts';
import type { WorkloadObservation } from '#core/wire/workload.ts';
import {
  at,
  container,
  deployment,
  digest,
  ended,
  event,
  imageID,
  pod,
  replicaSet,
  running,
  waiting,
} from '../../../support/build-observations.ts';
import { draftOf, partOf } from '../../../support/draft-of.ts';

/** `Candidate | Distance | Basis | Supports | Contradicts | Missing` of each row. */
function candidatesOf(observations: readonly Observation[], seconds: number): readonly (readonly string[])[] {
  const rows = partOf(draftOf(observations, seconds), 'triggers').split('\n').slice(2);
  return rows.map((row) =>
    row
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim())
      .slice(1),
  );
}

const ready = container({ imageID, ready: true, containerID: 'containerd://old', state: running(1) });
const template = (memory: string): Partial<WorkloadObservation> => ({
  containers: [{ name: 'app', role: 'app', image: 'registry.example/shop/api:1.4.2', resources: { limits: { memory } } }],
});

/** Revision 1 was ready from second 1; revision 2 came at 600 with half the memory and was killed at 620. */
function halvedMemory(): readonly Observation[] {
  const killed = container({ imageID, containerID: 'containerd://new', state: ended('containerd://new', 137, 603, 620, 'OOMKilled') });
  return [
    deployment(0),
    replicaSet(0, { ...template('512Mi'), revision: '1' }),
    replicaSet(600, { ...template('256Mi'), uid: 'rs-2', name: 'api-8e0a', revision: '2', revisionHash: '8e0a', createdAt: at(600) }),
    pod(2, { uid: 'pod-0', name: 'api-7d9f-older', containers: [ready] }),
    pod(621, { createdAt: at(600), revisionHash: '8e0a', containers: [killed] }),
  ];
}

describe('a rollout before the onset', () => {
  test('says what it changed, and that the revision before it ran well', () => {
    expect(candidatesOf(halvedMemory(), 640)).toEqual([
      [
        'Rollout of revision `2` (memory limit `512Mi` → `256Mi`)',
        '20 s before the first failure',
        'hypothesis (`change-before-onset`)',
        '1 death, all in this revision [EV]; revision `1` ran ready for 10 min 38 s without it [EV]',
        '_none found_',
        'memory usage before the kills',
      ],
    ]);
  });

  test('is contradicted by pods of its own revision that were well', () => {
    const later = container({ imageID, containerID: 'containerd://b', state: ended('containerd://b', 1, 5, 900) });
    const observations = [
      deployment(0, { replicas: { wanted: 2 } }),
      replicaSet(0, { revision: '1' }),
      pod(5, { containers: [ready] }),
      pod(6, { uid: 'pod-2', name: 'api-7d9f-other', containers: [{ ...ready, containerID: 'containerd://other' }] }),
      pod(901, { containers: [later] }),
    ];
    const [row] = candidatesOf(observations, 1000);
    expect(row?.[3]).toBe('the order in time, and nothing more: no earlier revision is on record [EV]');
    expect(row?.[4]).toBe('a pod of this revision was ready for 14 min 55 s before it [EV]; 1 pod of this revision stayed ready [EV]');
  });

  test('that changed nothing on record is contradicted by that', () => {
    const observations = halvedMemory().map((item) => (item.kind === 'workload' ? { ...item, ...template('256Mi') } : item));
    const [row] = candidatesOf(observations, 640);
    expect(row?.[0]).toBe('Rollout of revision `2`');
    expect(row?.[4]).toBe('nothing that is on record of the template changed [EV]');
  });

  test('more than a day back is no candidate', () => {
    const late = container({ imageID, containerID: 'containerd://b', state: ended('containerd://b', 1, 100_000, 100_010) });
    const observations = [
      deployment(0),
      replicaSet(0, { revision: '1' }),
      pod(5, { containers: [ready] }),
      pod(100_011, { containers: [late] }),
    ];
    expect(partOf(draftOf(observations, 100_100), 'triggers')).toBe(
      '_No change of the workload, of its replicas or of its nodes was recorded shortly before the onset._',
    );
  });
});

describe('what was missing and appeared', () => {
  test('is named, with the moment from which it was there', () => {
    const message = 'secret "shop-db" not found';
    const observations = [
      deployment(0),
      replicaSet(0, { revision: '1' }),
      pod(2, { phase: 'Pending', containers: [container({ state: waiting('CreateContainerConfigError', message) })] }),
      event(2, { reason: 'Failed', message: `Error: ${message}`, count: 4, lastTimestamp: at(40) }),
      pod(50, { containers: [ready] }),
    ];
    expect(candidatesOf(observations, 100)).toEqual([
      [
        'Revision `1`, the first on record, with `1.4.2`; what was missing: Secret `shop-db`',
        '2 s before the first failure',
        'hypothesis (`change-before-onset`)',
        '4 tries without it [EV]; went on without a rollout at 14:00:50 [EV]',
        '_none found_',
        'who creates it',
      ],
    ]);
  });

  test('another tag of the repository that ran speaks for the tag', () => {
    const ref = 'registry.example/shop/api:1.4.3';
    const message = `Failed to pull image "${ref}": rpc error: code = NotFound desc = failed to resolve image: not found`;
    const observations = [
      deployment(0),
      replicaSet(0, { revision: '1' }),
      pod(2, { uid: 'pod-0', name: 'api-7d9f-older', containers: [ready] }),
      replicaSet(600, {
        uid: 'rs-2',
        name: 'api-8e0a',
        revision: '2',
        revisionHash: '8e0a',
        createdAt: at(600),
        containers: [{ name: 'app', role: 'app', image: ref }],
      }),
      pod(602, {
        createdAt: at(600),
        revisionHash: '8e0a',
        containers: [container({ image: ref, state: waiting('ErrImagePull', message) })],
      }),
      event(602, { reason: 'Failed', message, count: 3, lastTimestamp: at(640) }),
    ];
    const [row] = candidatesOf(observations, 700);
    expect(row?.[0]).toBe('Rollout of revision `2` (`1.4.2` → `1.4.3`); what was missing: tag `1.4.3` of `shop/api`');
    expect(row?.[3]).toBe('3 tries without it [EV]; another tag of it ran: `1.4.2` [EV]');
  });
});

describe('nodes and demand', () => {
  function node(seconds: number, status: string): NodeObservation {
    const draft = {
      kind: 'node' as const,
      name: 'node-1',
      uid: 'node-uid-1',
      resourceVersion: String(seconds + 1),
      conditions: [
        {
          type: 'MemoryPressure',
          status,
          reason: status === 'True' ? 'KubeletHasInsufficientMemory' : 'KubeletHasSufficientMemory',
          lastTransitionTime: at(seconds),
        },
      ],
    };
    return { ...draft, id: observationId(draft), observedAt: at(seconds), cluster: 'test' };
  }

  const failed = container({ imageID, containerID: 'containerd://b', state: ended('containerd://b', 1, 90_000, 90_010) });
  const old = [deployment(0), replicaSet(0, { revision: '1' }), pod(5, { containers: [ready] })];

  test('a node of the failing pod that came under pressure shortly before', () => {
    const observations = [...old, node(0, 'False'), node(89_950, 'True'), pod(90_011, { containers: [failed] })];
    expect(candidatesOf(observations, 90_100)).toEqual([
      [
        'Node `node-1`: `MemoryPressure=True`, `KubeletHasInsufficientMemory`',
        '1 min before the first failure',
        'hypothesis (`node-before-onset`)',
        '1 of 1 failing pod on it [EV]',
        '_none found_',
        'the logs of the node itself',
      ],
    ]);
  });

  test('pressure that ended, or that came long before, is none', () => {
    const observations = [...old, node(0, 'False'), node(80_000, 'True'), node(89_950, 'False'), pod(90_011, { containers: [failed] })];
    expect(partOf(draftOf(observations, 90_100), 'triggers')).toMatch(/^_No change/);
  });

  test('a change of the wanted replicas', () => {
    const observations = [...old, deployment(89_990, { replicas: { wanted: 6 } }), pod(90_011, { containers: [failed] })];
    expect(candidatesOf(observations, 90_100).map((row) => row.slice(0, 4))).toEqual([
      ['Scaled from 1 to 6 replicas', '20 s before the first failure', 'hypothesis (`scale-before-onset`)', 'it came before [EV]'],
    ]);
  });
});

test('a rollback is audited by digest', () => {
  const rolledBack = [
    ...halvedMemory(),
    replicaSet(700, { ...template('512Mi'), revision: '3' }),
    pod(700, {
      createdAt: at(600),
      revisionHash: '8e0a',
      deleted: true,
      containers: [container({ imageID, state: ended('containerd://new', 137, 603, 620, 'OOMKilled') })],
    }),
    pod(705, { uid: 'pod-3', name: 'api-7d9f-newer', createdAt: at(700), containers: [{ ...ready, containerID: 'containerd://newer' }] }),
  ];
  const images = partOf(draftOf(rolledBack, 1200), 'images');
  expect(images).toContain(
    `| during | \`3\` | \`shop/api:1.4.2@${digest.slice(0, 19)}\` | **rollback** to \`1\` | 14:11:40 | still wanted | _nothing in 8 min 20 s_ | [EV] |`,
  );
  expect(images).toContain(
    `The rollback brought back digest \`${digest.slice(0, 19)}\` of revision \`1\`, which had been ready for 11 min 38 s before [EV] [EV].`,
  );
});
