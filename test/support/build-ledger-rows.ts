import type { PodRun } from '#core/ledger/pod-run.ts';
import type { RolloutRecord } from '#core/ledger/rollout-record.ts';
import type { Termination } from '#core/ledger/termination.ts';
import type { Wait } from '#core/ledger/wait.ts';
import type { WorkloadLedger } from '#core/ledger/workload-ledger.ts';
import { at, digest, instant, key } from './build-observations.ts';

/** Small builders of ledger rows of Deployment `api`: a test names only what it is about. Times are seconds after a fixed moment. */

const place = { cluster: key.cluster, namespace: key.namespace, workload: { kind: key.kind, name: key.name } };
const image = { ref: 'registry.example/shop/api:1.4.2', tag: '1.4.2', digest };

export function termination(seconds: number, fields: Partial<Termination> = {}): Termination {
  return {
    containerID: `containerd://c${seconds}`,
    ...place,
    pod: 'api-7d9f-abcde',
    podUid: 'pod-1',
    container: 'app',
    containerRole: 'app',
    image,
    exitCode: 137,
    reason: 'OOMKilled',
    expected: false,
    memoryDeath: 'container-limit',
    memoryLimit: '512Mi',
    finishedAt: at(seconds),
    seenAt: at(seconds + 1),
    evidence: `EV-${String(seconds).padStart(16, '0')}`,
    ...fields,
  };
}

export function wait(seconds: number, fields: Partial<Wait> = {}): Wait {
  return {
    kind: 'image-pull',
    ...place,
    container: 'app',
    image: { ref: image.ref, tag: image.tag },
    symptom: 'ImagePullBackOff',
    cause: 'not-found',
    from: at(seconds),
    evidence: `EV-${String(seconds).padStart(16, 'a')}`,
    seenAt: at(seconds + 1),
    ...fields,
  };
}

export function rollout(seconds: number, fields: Partial<RolloutRecord> = {}): RolloutRecord {
  return {
    ...place,
    container: 'app',
    containerRole: 'app',
    at: at(seconds),
    kind: 'rollout',
    mechanism: { kind: 'new-template' },
    to: image,
    started: true,
    failures: [],
    evidence: `EV-${String(seconds).padStart(16, 'b')}`,
    seenAt: at(seconds),
    ...fields,
  };
}

export function podRun(seconds: number, fields: Partial<PodRun> = {}): PodRun {
  return {
    ...place,
    pod: 'api-7d9f-abcde',
    podUid: 'pod-1',
    container: 'app',
    containerRole: 'app',
    image,
    from: at(seconds),
    seenAt: at(seconds + 1),
    ...fields,
  };
}

export const workloadLedger: WorkloadLedger = {
  from: instant(0),
  terminations: [termination(10), termination(20)],
  waits: [wait(5)],
  rollouts: [rollout(1)],
  podRuns: [podRun(2)],
};
