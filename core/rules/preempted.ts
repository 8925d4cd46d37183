import type { EventRecord } from '../history/event-record.ts';
import { conditionOf } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import { instantOf } from '../time/instant.ts';
import { citeCondition } from './cite.ts';
import { defineRule, type Sign } from './rule.ts';
import { reported, stopReport, type StopReport } from './stop-report.ts';

export const preempted = defineRule({
  scope: 'pod',
  id: 'preempted',
  title: 'The pod had to make room for another one',
  symptoms: ['Preempted'],
  explains: ['container-status-unknown', 'job-failed', 'readiness-probe-failed', 'stuck-terminating'],
  inspectFirst: ['priority classes', 'node capacity', 'the pod that took its place'],
  commonCauses: ['a pod of higher priority needed the node', 'a critical pod had to run on this node', 'the cluster is full'],
  productionRisk: 'pod stopped by design while the cluster is short of capacity',
  advice: [
    'Look at who preempted it: the message names the other pod by its uid.',
    'Compare the priority classes of both workloads; without one a pod has the lowest.',
    'Add capacity, or give the owning workload the priority it deserves.',
  ],
  match: preemptedSigns,
});

function preemptedSigns(pod: PodHistory): readonly Sign[] {
  const byKubelet = stopReport(pod, new Set(['Preempting']), isByKubelet);
  if (byKubelet !== undefined) return [sign(pod, byKubelet, 'kubelet')];
  const byScheduler = stopReport(pod, new Set(), isByScheduler) ?? reportOfCondition(pod);
  return byScheduler === undefined ? [] : [sign(pod, byScheduler, 'scheduler')];
}

function isByKubelet({ record }: EventRecord): boolean {
  return record.reason === 'Preempting' && record.source.component === 'kubelet';
}

/** Queueing systems report preemptions of their own objects; the scheduler says by whom and where. */
function isByScheduler({ record, message }: EventRecord): boolean {
  return record.reason === 'Preempted' && /^(?:Preempted )?by \S/i.test(message);
}

function reportOfCondition(pod: PodHistory): StopReport | undefined {
  if (pod.stop === undefined) return undefined;
  const state = pod.disrupted.find(({ record }) => conditionOf(record, 'DisruptionTarget')?.reason === 'PreemptionByScheduler');
  const condition = state === undefined ? undefined : conditionOf(state.record, 'DisruptionTarget');
  if (state === undefined || condition?.status !== 'True') return undefined;
  const from = instantOf(condition.lastTransitionTime) ?? state.at;
  const until = [pod.terminalAt, pod.goneAt].find((at) => at !== undefined && at >= from);
  return {
    text: condition.message ?? '',
    from,
    lastAt: until ?? from,
    evidence: [citeCondition(state, 'DisruptionTarget')],
    ...(until === undefined ? {} : { until }),
  };
}

function sign(pod: PodHistory, report: StopReport, by: 'kubelet' | 'scheduler'): Sign {
  const what =
    by === 'kubelet' ? 'The kubelet stopped the pod to admit a critical one' : 'The scheduler stopped the pod for one of higher priority';
  return {
    symptom: 'Preempted',
    reason: by === 'kubelet' ? 'Preempting' : 'Preempted',
    phase: 'termination',
    cause: `preempted-by-${by}`,
    basis: 'observed',
    summary: `${what}${report.text === '' ? '' : `: ${report.text}`}.`,
    pod: pod.name,
    podUid: pod.uid,
    wholePod: true,
    ...(report.text === '' ? {} : { quote: report.text }),
    ...reported(pod, undefined, report),
  };
}
