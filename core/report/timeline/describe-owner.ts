import type { Condition } from '../../wire/pod.ts';
import type { WorkloadObservation } from '../../wire/workload.ts';

/** Conditions that say how a controller fares when they are true. */
const telling = new Set(['Failed', 'FailureTarget', 'Complete', 'ReplicaFailure', 'Suspended']);

/** `revision 3, 0 of 1 ready, images …`: one line for one state of a controller, as far as its record tells. */
export function describeOwner(record: WorkloadObservation): string {
  const { revision = record.revisionHash, replicas, job } = record;
  return [
    ...(record.deleted === true ? ['gone'] : record.deletionTimestamp === undefined ? [] : ['being deleted']),
    ...(revision === undefined ? [] : [`revision ${revision}`]),
    ...(replicas?.wanted === undefined ? [] : [`${replicas.ready ?? 0} of ${replicas.wanted} ready`]),
    ...(job === undefined ? [] : [`${job.failed ?? 0} failed, ${job.succeeded ?? 0} succeeded`, ...limitsOf(job)]),
    ...tellingConditions(record.conditions ?? []).map(describeCondition),
    `images ${record.containers.map((item) => item.image).join(' ')}`,
  ].join(', ');
}

function limitsOf(job: NonNullable<WorkloadObservation['job']>): readonly string[] {
  return [
    ...(job.backoffLimit === undefined ? [] : [`backoffLimit ${job.backoffLimit}`]),
    ...(job.activeDeadlineSeconds === undefined ? [] : [`activeDeadlineSeconds ${job.activeDeadlineSeconds}`]),
  ];
}

/** A Job that has failed was about to fail before. */
function tellingConditions(conditions: readonly Condition[]): readonly Condition[] {
  const shown = conditions.filter(isTelling);
  return shown.some(({ type }) => type === 'Failed') ? shown.filter(({ type }) => type !== 'FailureTarget') : shown;
}

function isTelling({ type, status }: Condition): boolean {
  return (telling.has(type) && status === 'True') || (type === 'Progressing' && status === 'False');
}

/** `Failed: BackoffLimitExceeded`, `Progressing=False: ProgressDeadlineExceeded` */
function describeCondition({ type, status, reason }: Condition): string {
  return `${type}${status === 'True' ? '' : `=${status}`}${reason === undefined || reason === '' ? '' : `: ${reason}`}`;
}
