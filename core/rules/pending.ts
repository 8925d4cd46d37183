import { conditionOf } from '../history/pod-facts.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { PodHistory, PodState } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Evidence } from '../incident/incident.ts';
import { schedulingCause } from '../causes/scheduling-cause.ts';
import { earliest, instantOf, second, type Instant } from '../time/instant.ts';
import { citeEvent } from './cite.ts';
import { claimReport } from './claim-report.ts';
import { defineRule, type Sign } from './rule.ts';
import { unscheduledSpans, type UnscheduledSpan } from './unscheduled-spans.ts';

/** A pod may wait for a moment while nodes come and go. */
const patience = 30 * second;
const defaultScheduler = 'default-scheduler';

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
  match: (pod, workload) => unscheduledSpans(pod).flatMap((span) => (wasBrief(pod, span) ? [] : [pendingSign(pod, workload, span)])),
});

/** Every pod begins without a node, and most of them for a moment. */
function wasBrief(pod: PodHistory, { states: [first], until }: UnscheduledSpan): boolean {
  return until !== undefined && until - Math.min(first.at, pod.createdAt) < patience;
}

function pendingSign(pod: PodHistory, workload: WorkloadHistory, span: UnscheduledSpan): Sign {
  const [first] = span.states;
  const newest = span.states.at(-1) ?? first;
  const events = schedulingFailures(pod);
  const condition = conditionOf(newest.record, 'PodScheduled');
  // The condition is whole and current; the event is cut at 1 KiB and keeps its first text while its count grows.
  const text = condition?.message ?? events.at(-1)?.message ?? unseen(pod);
  const from = beganAt(pod, first, events[0]?.firstAt);
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

function schedulingFailures(pod: PodHistory): readonly EventRecord[] {
  return pod.events.filter(
    (event) => event.record.reason === 'FailedScheduling' && !event.message.startsWith('skip schedule deleting pod'),
  );
}

/** A condition keeps its time while only its reason changes: of a pod that was gated before it tells nothing. */
function beganAt(pod: PodHistory, first: PodState, firstEvent: Instant | undefined): Instant {
  const gated = pod.states.some(({ at, record }) => at < first.at && conditionOf(record, 'PodScheduled')?.reason === 'SchedulingGated');
  const since = gated ? undefined : instantOf(conditionOf(first.record, 'PodScheduled')?.lastTransitionTime);
  return earliest(since, firstEvent, first.at) ?? first.at;
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
  return `no scheduler named ${pod.latest.schedulerName ?? defaultScheduler} has looked at it.`;
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
  // Measured on one clock, the observer's; `from` may come from the API server's.
  const lasted = (span.until ?? workload.now) - span.states[0].at >= patience;
  return {
    ...(span.until === undefined ? {} : { until: span.until }),
    ...(span.overBy === undefined ? {} : { overBy: span.overBy }),
    ...(isRefused(pod, workload, span) ? { opensAt: from } : lasted ? { opensAt: from + patience } : {}),
  };
}

/**
 * Whether a single look shows that no node was found. A pod that nobody has looked at yet may be as young as the look itself;
 * that its scheduler does not run is then shown by its age, or by its being none that every cluster has.
 */
function isRefused(pod: PodHistory, { snapshot, now }: WorkloadHistory, { states: [first] }: UnscheduledSpan): boolean {
  if (!snapshot) return false;
  if (conditionOf(first.record, 'PodScheduled') !== undefined || schedulingFailures(pod).length > 0) return true;
  return (pod.latest.schedulerName ?? defaultScheduler) !== defaultScheduler || now - pod.createdAt >= patience;
}
