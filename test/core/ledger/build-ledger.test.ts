import { expect, test } from 'vitest';
import { toWorkloadHistory } from '#core/history/workload-history.ts';
import { examineWorkload } from '#core/incident/build-incidents.ts';
import { buildLedger } from '#core/ledger/build-ledger.ts';
import type { WorkloadLedger } from '#core/ledger/workload-ledger.ts';
import type { Observation } from '#core/wire/observation.ts';
import { usage } from '../../support/build-cluster-observations.ts';
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

function ledgerOf(observations: readonly Observation[], now = 600): WorkloadLedger {
  return buildLedger(examineWorkload(toWorkloadHistory({ key, observations, now: instant(now) })));
}

const limits = { limits: { memory: '512Mi' }, requests: { memory: '256Mi' } };
const app = (fields: Parameters<typeof container>[0]) => container({ imageID, resourcesInForce: limits, ...fields });
const killed = ended('c1', 137, 10, 70, 'OOMKilled');

/** Two instances of one pod: the first is OOMKilled after a minute, the second runs until the pod is stopped. */
const oomStory: readonly Observation[] = [
  deployment(0),
  replicaSet(0, { containers: [{ name: 'app', role: 'app', image: 'registry.example/shop/api:1.4.2', resources: limits }] }),
  pod(11, { containers: [app({ state: running(10), containerID: 'c1', ready: true })] }),
  usage(60, 'c1', [
    { at: at(30), bytes: 400_000_000 },
    { at: at(60), bytes: 530_000_000 },
  ]),
  pod(71, { containers: [app({ state: waiting('CrashLoopBackOff'), lastState: killed, restartCount: 0 })] }),
  pod(81, { containers: [app({ state: running(80), lastState: killed, restartCount: 1, containerID: 'c2', ready: true })] }),
  pod(200, {
    deletionTimestamp: at(230),
    deletionGracePeriodSeconds: 30,
    containers: [app({ state: running(80), lastState: killed, restartCount: 1, containerID: 'c2', ready: true })],
  }),
  pod(205, {
    deleted: true,
    deletionTimestamp: at(230),
    deletionGracePeriodSeconds: 30,
    containers: [app({ state: ended('c2', 143, 80, 204), lastState: killed, restartCount: 1 })],
  }),
];

test('a death is one row, with what was in force and why it died; a stop is a row that is no failure', () => {
  const { terminations } = ledgerOf(oomStory);
  expect(terminations).toEqual([
    {
      containerID: 'c1',
      cluster: 'test',
      namespace: 'shop',
      workload: { kind: 'Deployment', name: 'api' },
      pod: 'api-7d9f-abcde',
      podUid: 'pod-1',
      container: 'app',
      containerRole: 'app',
      image: { ref: 'registry.example/shop/api:1.4.2', tag: '1.4.2', digest: `sha256:${'ab'.repeat(32)}` },
      revision: '1',
      revisionHash: '7d9f',
      node: 'node-1',
      exitCode: 137,
      signal: 'SIGKILL',
      reason: 'OOMKilled',
      expected: false,
      symptom: 'OOMKilled',
      cause: 'oom-container-limit',
      memoryDeath: 'container-limit',
      memoryLimit: '512Mi',
      memoryRequest: '256Mi',
      peakBytes: 530_000_000,
      startedAt: at(10),
      finishedAt: at(70),
      livedSeconds: 60,
      incident: expect.stringMatching(/^INC-[0-9a-f]{16}$/),
      evidence: expect.stringMatching(/^EV-[0-9a-f]{16}$/),
      seenAt: at(71),
    },
    expect.objectContaining({ containerID: 'c2', exitCode: 143, signal: 'SIGTERM', expected: true, livedSeconds: 124 }),
  ]);
});

test('the rollout knows what failed on it, and what its pods ran', () => {
  const { rollouts, podRuns } = ledgerOf(oomStory);
  expect(rollouts).toEqual([
    expect.objectContaining({
      container: 'app',
      kind: 'rollout',
      mechanism: { kind: 'first-seen' },
      memoryLimit: '512Mi',
      started: true,
      failures: [expect.objectContaining({ symptom: 'OOMKilled', deaths: 1, firstAt: at(70), container: 'app' })],
    }),
  ]);
  expect(podRuns).toEqual([expect.objectContaining({ podUid: 'pod-1', container: 'app', from: at(10), until: at(205), seenAt: at(205) })]);
});

test('order and repetition of the records change nothing', () => {
  const shuffled = [...oomStory.toReversed(), ...oomStory];
  expect(ledgerOf(shuffled)).toEqual(ledgerOf(oomStory));
});

test('an image that does not pull is a wait, and the rollout never started', () => {
  const image = 'registry.example/shop/api:1.4.3';
  const stuck = pod(2, { phase: 'Pending', containers: [container({ image, state: waiting('ImagePullBackOff') })] });
  const { waits, rollouts, podRuns } = ledgerOf([
    deployment(0, { containers: [{ name: 'app', role: 'app', image }] }),
    replicaSet(0, { containers: [{ name: 'app', role: 'app', image }] }),
    stuck,
    event(3, { reason: 'Failed', message: `Failed to pull image "${image}": not found`, count: 3 }),
  ]);
  expect(waits).toEqual([
    expect.objectContaining({ kind: 'image-pull', container: 'app', symptom: 'ImagePullBackOff', image: { ref: image, tag: '1.4.3' } }),
  ]);
  expect(rollouts).toEqual([
    expect.objectContaining({ started: false, failures: [expect.objectContaining({ symptom: 'ImagePullBackOff', deaths: 0 })] }),
  ]);
  expect(podRuns).toEqual([]);
});

test('a wait that ended by itself has an end, one that a rollout took away has none', () => {
  const refused = { phase: 'Pending', containers: [container({ state: waiting('CreateContainerConfigError', 'secret "db" not found') })] };
  const healed = pod(40, { containers: [app({ state: running(39), containerID: 'c1', ready: true })] });
  const removed = { deletionTimestamp: at(200), deletionGracePeriodSeconds: 30 };
  const endsOf = (...observations: readonly Observation[]) =>
    ledgerOf([deployment(0), replicaSet(0), pod(5, refused), pod(30, refused), ...observations]).rollouts.flatMap(({ failures }) =>
      failures.map(({ symptom, endedAt }) => [symptom, endedAt]),
    );
  expect(endsOf()).toEqual([['CreateContainerConfigError', undefined]]);
  expect(endsOf(healed)).toEqual([['CreateContainerConfigError', at(40)]]);
  expect(endsOf(healed, pod(590, { ...removed, deletionTimestamp: at(620), containers: healed.containers }))).toEqual([
    ['CreateContainerConfigError', at(40)],
  ]);
  expect(endsOf(pod(170, { ...refused, ...removed }), pod(175, { ...refused, ...removed, deleted: true }))).toEqual([
    ['CreateContainerConfigError', undefined],
  ]);
  expect(endsOf(healed, pod(50, { ...refused, name: 'api-7d9f-other', uid: 'pod-2' }))).toEqual([
    ['CreateContainerConfigError', undefined],
  ]);
});

test('an end without a containerID is no death of the ledger', () => {
  const lost = { terminated: { exitCode: 137, reason: 'ContainerStatusUnknown' } };
  expect(ledgerOf([pod(1, { containers: [container({ state: lost })] })]).terminations).toEqual([]);
});
