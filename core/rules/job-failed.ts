import { jobFailure, jobsOf, podsOf, type JobOutcome } from '../history/jobs.ts';
import type { OwnerHistory } from '../history/owner-history.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { earliest } from '../time/instant.ts';
import { citeCondition } from './cite.ts';
import { exitSigns } from './exit-signs.ts';
import { ownerPlace, wholePodPlace } from './place-of.ts';
import { defineRule, type Sign } from './rule.ts';

export const jobFailed = defineRule({
  scope: 'workload',
  id: 'job-failed',
  title: 'The Job gave up',
  symptoms: ['JobFailed'],
  explains: ['crash-loop', 'readiness-probe-failed'],
  inspectFirst: ['Job conditions', 'logs of its last failed pod', 'exit code', 'backoffLimit and pod failure policy'],
  commonCauses: ['every attempt fails the same way', 'wrong input or credentials', 'a dependency that is down', 'backoffLimit too low'],
  productionRisk: 'the work is not done, and nothing tries it again',
  advice: [
    'Read the log of the last failed pod: the Job itself only counts.',
    'Compare the exit codes of all attempts: the same one each time is no accident.',
    'Fix the cause in the owning workload and start a new Job; a failed one does not go on.',
  ],
  match: (workload) => jobsOf(workload).flatMap((job) => jobSigns(workload, job)),
});

/** Every plain exit of a Job that gave up; a Job whose pods left no exit behind stands for them. */
function jobSigns(workload: WorkloadHistory, job: OwnerHistory): readonly Sign[] {
  const failure = jobFailure(job);
  if (failure === undefined) return [];
  const pods = podsOf(workload, job);
  const exits = pods.flatMap((pod) => exitSigns(pod, workload)).map((sign) => failedBy(sign, failure));
  if (exits.length > 0 || failure.condition.reason === 'DeadlineExceeded') return exits;
  return [withoutExit(job, pods.at(-1), failure)];
}

function failedBy(sign: Sign, { condition, state }: JobOutcome): Sign {
  const [first, ...rest] = sign.evidence;
  return {
    ...sign,
    symptom: 'JobFailed',
    reason: condition.reason ?? 'Failed',
    summary: `${sign.summary} The Job gave up: ${describe(condition)}.`,
    quote: describe(condition),
    evidence: [first, ...rest, citeCondition(state, condition.type)],
  };
}

function withoutExit(job: OwnerHistory, pod: PodHistory | undefined, { condition, at, state }: JobOutcome): Sign {
  // The pod's own end comes a moment before the controller counts it.
  const from = earliest(at, pod?.terminalAt, pod?.deletionRequestedAt) ?? at;
  return {
    symptom: 'JobFailed',
    reason: condition.reason ?? 'Failed',
    phase: 'running',
    cause: 'unexplained',
    basis: 'derived',
    summary: `The Job gave up: ${describe(condition)}; no record shows how its last pod ended.`,
    quote: describe(condition),
    ...(pod === undefined ? ownerPlace(job) : wholePodPlace(pod)),
    deaths: [],
    from,
    lastAt: at,
    until: at,
    opensAt: at,
    evidence: [citeCondition(state, condition.type)],
  };
}

function describe({ reason, message }: JobOutcome['condition']): string {
  return [reason, message].filter((part) => part !== undefined && part !== '').join(': ') || 'Failed';
}
