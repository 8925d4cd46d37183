import { jobFailure, jobsOf, podsOf, type JobOutcome } from '../history/jobs.ts';
import type { ContainerHistory } from '../history/container-history.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { OwnerHistory } from '../history/owner-history.ts';
import type { PodHistory } from '../history/pod-history.ts';
import { isBlank } from '../history/stretch.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { earliest, second } from '../time/instant.ts';
import { citeCondition, citeEvent } from './cite.ts';
import { ownerPlace, wholePodPlace } from './place-of.ts';
import { defineRule, type Sign } from './rule.ts';
import { reported, stopReport } from './stop-report.ts';

export const deadlineExceeded = defineRule({
  scope: 'workload',
  id: 'deadline-exceeded',
  title: 'The work took longer than its deadline',
  symptoms: ['DeadlineExceeded'],
  explains: ['container-status-unknown', 'readiness-probe-failed', 'stuck-terminating'],
  inspectFirst: ['activeDeadlineSeconds', 'logs', 'what the work waited for', 'duration of earlier runs'],
  commonCauses: ['more work than before', 'a dependency that hangs', 'deadline set for another size', 'the pod started late'],
  productionRisk: 'work stopped before it was done, and not tried again',
  advice: [
    'Compare how long earlier runs took with activeDeadlineSeconds.',
    'See in the log how far it came: working slowly and waiting for somebody else are two things.',
    'Set the deadline in the owning workload to fit the work, or split the work.',
  ],
  match: (workload) => {
    const ofPods = workload.pods.flatMap(podSigns);
    const stopped = new Set(ofPods.map((sign) => sign.podUid));
    const ofJobs = jobsOf(workload).flatMap((job) => jobSigns(workload, job));
    return [...ofPods, ...ofJobs.filter((sign) => sign.podUid === undefined || !stopped.has(sign.podUid))];
  },
});

const reasons = new Set(['DeadlineExceeded']);

function podSigns(pod: PodHistory): readonly Sign[] {
  const report = stopReport(pod, reasons, isReport);
  if (report === undefined) return [];
  const seconds = pod.latest.activeDeadlineSeconds;
  const limit = seconds === undefined ? '' : ` of ${seconds} s`;
  const container = unfinished(pod);
  return [
    {
      ...shared(`The pod was stopped at its deadline${limit}: ${report.text}.`, report.text),
      ...wholePodPlace(pod, container),
      ...reported(pod, container, report),
    },
  ];
}

function isReport({ record }: EventRecord): boolean {
  return record.reason === 'DeadlineExceeded' && record.source.component === 'kubelet';
}

/** The controller deletes the pods that still run; where none is known the Job stands for them. */
function jobSigns(workload: WorkloadHistory, job: OwnerHistory): readonly Sign[] {
  const failure = jobFailure(job);
  if (failure === undefined || failure.condition.reason !== 'DeadlineExceeded') return [];
  const { at: from, state, condition } = failure;
  const seconds = job.latest.job?.activeDeadlineSeconds;
  const text = condition.message ?? '';
  const fields = shared(
    `The Job was stopped at its deadline${seconds === undefined ? '' : ` of ${seconds} s`}${text === '' ? '' : `: ${text}`}.`,
    text,
  );
  const evidence = [citeCondition(state, condition.type), ...eventsOf(job)] as const;
  const active = podsOf(workload, job).filter((pod) => wasActive(pod, failure));
  if (active.length === 0) return [{ ...fields, ...ownerPlace(job), deaths: [], from, lastAt: from, until: from, opensAt: from, evidence }];
  return active.map((pod) => {
    const container = unfinished(pod);
    const until = earliest(...[pod.terminalAt, pod.goneAt].filter((at) => at !== undefined && at >= from));
    const report = { from, lastAt: until ?? from, evidence, ...(until === undefined ? {} : { until }) };
    return { ...fields, ...wholePodPlace(pod, container), ...reported(pod, container, report) };
  });
}

function shared(summary: string, text: string) {
  return {
    symptom: 'DeadlineExceeded',
    reason: 'DeadlineExceeded',
    phase: 'termination',
    cause: 'deadline-exceeded',
    basis: 'observed',
    summary,
    ...(text === '' ? {} : { quote: text }),
  } as const;
}

/** The container that held the pod up: one that waits with an error, else the first app container. */
function unfinished(pod: PodHistory): ContainerHistory | undefined {
  const failing = pod.containers.find(({ spans }) => {
    const last = spans.at(-1);
    return last?.state === 'waiting' && !isBlank(last);
  });
  return failing ?? pod.containers.find((container) => container.role === 'app');
}

function wasActive(pod: PodHistory, { at }: JobOutcome): boolean {
  return pod.createdAt <= at && (pod.terminalAt ?? Infinity) >= at - second;
}

function eventsOf(job: OwnerHistory) {
  return job.events.filter((event) => event.record.reason === 'DeadlineExceeded').map(citeEvent);
}
