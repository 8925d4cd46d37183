import { ownerStateAt } from '../history/owner-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Rollout } from '../incident/incident.ts';
import type { RecordedRollout } from '../rollouts/build-rollouts.ts';
import type { WorkloadObservation } from '../wire/workload.ts';
import { failuresByRollout } from './failures-by-rollout.ts';
import type { PodRun } from './pod-run.ts';
import { rolloutOfPod } from './rollout-of-pod.ts';
import type { Mechanism, RolloutRecord } from './rollout-record.ts';
import type { ToldSigns } from './told-signs.ts';

interface RolloutInput {
  readonly workload: WorkloadHistory;
  readonly rollouts: readonly RecordedRollout[];
  readonly told: ToldSigns;
  readonly podRuns: readonly PodRun[];
}

/** One row for each container of each revision, oldest revision first, with what failed on its pods. */
export function buildRolloutRecords({ workload, rollouts, told, podRuns }: RolloutInput): readonly RolloutRecord[] {
  const failures = failuresByRollout(workload, rollouts, told);
  const started = startedContainers(workload, rollouts, podRuns);
  return rollouts.flatMap((recorded, index) => {
    const previous = rollouts[index - 1];
    const { rollout, record } = recorded;
    const before = new Map(previous?.rollout.images.map(({ container, ...image }) => [container, image]));
    return rollout.images.map(({ container, ...to }) => {
      const from = before.get(container);
      return {
        cluster: workload.key.cluster,
        namespace: workload.key.namespace,
        workload: { kind: workload.key.kind, name: workload.key.name },
        container,
        containerRole: templateOf(record, container)?.role ?? 'app',
        at: rollout.at,
        kind: rollout.kind,
        mechanism: mechanismOf(workload, recorded, rollouts.slice(0, index)),
        to,
        started: started.has(`${rollout.evidence}/${container}`),
        failures: failures(recorded, container),
        evidence: rollout.evidence,
        seenAt: record.observedAt,
        ...revisionOf(rollout),
        ...(from === undefined ? {} : { from }),
        ...limitsOf(record, previous?.record, container),
      };
    });
  });
}

function templateOf(record: WorkloadObservation | undefined, container: string) {
  return record?.containers.find(({ name }) => name === container);
}

function revisionOf({ revision, revisionHash, of }: Rollout) {
  return {
    ...(revision === undefined ? {} : { revision }),
    ...(revisionHash === undefined ? {} : { revisionHash }),
    ...(of === undefined ? {} : { of }),
  };
}

function limitsOf(record: WorkloadObservation, previous: WorkloadObservation | undefined, container: string) {
  const resources = templateOf(record, container)?.resources;
  const before = templateOf(previous, container)?.resources?.limits?.['memory'];
  const limit = resources?.limits?.['memory'];
  const request = resources?.requests?.['memory'];
  return {
    ...(before === undefined ? {} : { memoryLimitFrom: before }),
    ...(limit === undefined ? {} : { memoryLimit: limit }),
    ...(request === undefined ? {} : { memoryRequest: request }),
  };
}

/** A ReplicaSet that comes back is the very template that ran before; a GitOps tool signs what it applies. */
function mechanismOf(workload: WorkloadHistory, { rollout, record }: RecordedRollout, earlier: readonly RecordedRollout[]): Mechanism {
  // Tools sign the controller, and not always the template that its ReplicaSets are made from.
  const top = workload.top === undefined ? undefined : ownerStateAt(workload.top, Date.parse(rollout.at))?.record;
  const gitops = record.gitops ?? top?.gitops;
  const helmChart = record.helmChart ?? top?.helmChart;
  const isSame = rollout.revisionHash !== undefined && earlier.some((other) => other.rollout.revisionHash === rollout.revisionHash);
  const kind = isSame ? 'same-template' : gitops !== undefined ? 'gitops' : earlier.length === 0 ? 'first-seen' : 'new-template';
  return {
    kind,
    ...(gitops === undefined ? {} : { tool: gitops.tool }),
    ...(gitops?.revision === undefined ? {} : { gitRevision: gitops.revision }),
    ...(helmChart === undefined ? {} : { helmChart }),
    ...(record.changeCause === undefined ? {} : { changeCause: record.changeCause }),
  };
}

function startedContainers(
  { pods }: WorkloadHistory,
  rollouts: readonly RecordedRollout[],
  podRuns: readonly PodRun[],
): ReadonlySet<string> {
  const made = new Map(pods.map((pod) => [pod.uid, rolloutOfPod(rollouts, pod)?.rollout.evidence]));
  return new Set(podRuns.map(({ podUid, container }) => `${made.get(podUid) ?? ''}/${container}`));
}
