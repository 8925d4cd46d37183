import { conditionOf } from '../history/pod-facts.ts';
import type { PodHistory, PodState } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Evidence } from '../incident/incident.ts';
import { schedulingCause } from '../causes/scheduling-cause.ts';
import { earliest, instantOf, second, type Instant } from '../time/instant.ts';
import { citeEvent } from './cite.ts';
import { claimReport } from './claim-report.ts';
import { defineRule, type Sign } from './rule.ts';

/** A pod may wait for a moment while nodes come and go. */
const patience = 30 * second;

export const pending = defineRule({
  scope: 'pod',
  id: 'pending',
  title: 'The scheduler finds no node for the pod',
  symptoms: ['Pending'],
  explains: ['deadline-exceeded', 'job-failed'],
  inspectFirst: ['node capacity', 'taints', 'affinity', 'PVCs'],
  commonCauses: ['insufficient CPU or memory', 'unsatisfied node selector', 'unbound volume'],
  productionRisk: 'capacity or placement issue',
  advice: [
    'Read the whole scheduler message: its counts overlap and are no partition of the nodes.',
    'Compare requests, selectors and tolerations of the owning workload with what the nodes offer.',
    'For an unbound claim, look at the events of the claim before the pod.',
  ],
  match: (pod, workload) => unscheduledSpans(pod).map((span) => pendingSign(pod, workload, span)),
});

interface UnscheduledSpan {
  readonly states: readonly [PodState, ...PodState[]];
  readonly until?: number;
}

/** Stretches in which the pod had no node because the scheduler said so; gates are a wish, not a failure. */
function unscheduledSpans(pod: PodHistory): readonly UnscheduledSpan[] {
  const waiting = pod.states.filter(
    (state) => isUnscheduled(state) && (pod.deletionRequestedAt === undefined || state.at < pod.deletionRequestedAt),
  );
  const [first, ...rest] = waiting;
  if (first === undefined) return [];
  const lastWaiting = waiting.at(-1) ?? first;
  const after = pod.states.find((state) => state.at >= lastWaiting.at && state !== lastWaiting && !isUnscheduled(state))?.at;
  const until = earliest(after, pod.deletionRequestedAt, pod.goneAt);
  return [{ states: [first, ...rest], ...(until === undefined ? {} : { until }) }];
}

/** Without any condition no scheduler has looked at it: it is down, or `schedulerName` names none that runs. */
function isUnscheduled({ record }: PodState): boolean {
  if (record.node !== undefined) return false;
  const condition = conditionOf(record, 'PodScheduled');
  if (condition === undefined) return record.phase === 'Pending';
  return condition.status === 'False' && condition.reason !== 'SchedulingGated';
}

function pendingSign(pod: PodHistory, workload: WorkloadHistory, span: UnscheduledSpan): Sign {
  const [first] = span.states;
  const newest = span.states.at(-1) ?? first;
  const events = pod.events.filter(
    (event) => event.record.reason === 'FailedScheduling' && !event.message.startsWith('skip schedule deleting pod'),
  );
  const condition = conditionOf(newest.record, 'PodScheduled');
  // The condition is whole and current; the event is cut at 1 KiB and keeps its first text while its count grows.
  const text = condition?.message ?? events.at(-1)?.message ?? unseen(pod);
  const from = earliest(instantOf(conditionOf(first.record, 'PodScheduled')?.lastTransitionTime), events[0]?.firstAt, first.at) ?? first.at;
  const { evidence, ...verdict } = judgeText(pod, workload, text);
  return {
    symptom: 'Pending',
    reason: condition?.reason ?? 'Pending',
    phase: 'scheduling',
    ...verdict,
    quote: text,
    pod: pod.name,
    podUid: pod.uid,
    deaths: [],
    from,
    lastAt: span.until ?? newest.at,
    evidence: [citeScheduling(first, newest, text), ...events.slice(0, 1).map(citeEvent), ...evidence],
    ...outcomeOf(pod, workload, span, from),
  };
}

/** For a claim that is not bound the events of the claim say more than the scheduler can. */
function judgeText(
  pod: PodHistory,
  workload: WorkloadHistory,
  text: string,
): Pick<Sign, 'cause' | 'basis' | 'summary'> & { readonly evidence: readonly Evidence[] } {
  const verdict = schedulingCause(text);
  const summary = `The scheduler found no node for the pod: ${text}`;
  if (verdict === undefined) return { cause: 'unexplained', basis: 'derived', summary, evidence: [] };
  const claim = verdict.cause.startsWith('pvc-') ? claimReport(pod, workload) : undefined;
  if (claim === undefined) return { cause: verdict.cause, basis: 'observed', summary, evidence: [] };
  return {
    cause: claim.cause ?? verdict.cause,
    basis: 'observed',
    summary: `${summary} The claim says: ${claim.event.message}`,
    evidence: [citeEvent(claim.event)],
  };
}

function unseen(pod: PodHistory): string {
  return `no scheduler named ${pod.latest.schedulerName ?? 'default-scheduler'} has looked at it.`;
}

function citeScheduling(first: PodState, newest: PodState, text: string): Evidence {
  const index = newest.record.conditions.findIndex((item) => item.type === 'PodScheduled');
  return {
    id: first.evidence,
    source: 'pod',
    path: index === -1 ? '/status' : `/status/conditions/${index}`,
    text: `${newest.record.conditions[index]?.reason ?? 'PodScheduled'}: ${text}`,
  };
}

function outcomeOf(
  pod: PodHistory,
  workload: WorkloadHistory,
  span: UnscheduledSpan,
  from: Instant,
): Pick<Sign, 'until' | 'overBy' | 'opensAt'> {
  const lasted = (span.until ?? workload.now) - from >= patience;
  return {
    ...(span.until === undefined ? {} : { until: span.until, overBy: pod.deletionRequestedAt === undefined ? 'progress' : 'removal' }),
    ...(workload.snapshot ? { opensAt: from } : lasted ? { opensAt: from + patience } : {}),
  };
}
