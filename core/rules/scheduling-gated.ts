import { conditionOf } from '../history/pod-facts.ts';
import type { PodHistory, PodState } from '../history/pod-history.ts';
import { earliest, instantOf, second } from '../time/instant.ts';
import { citeCondition } from './cite.ts';
import { opensAfter } from './onset.ts';
import { defineRule } from './rule.ts';

/** A gate is a wish of whoever set it; controllers that use gates lift them within seconds when all is well. */
const patience = 30 * second;

export const schedulingGated = defineRule({
  scope: 'pod',
  id: 'scheduling-gated',
  title: 'A scheduling gate holds the pod back',
  symptoms: ['SchedulingGated'],
  explains: ['deadline-exceeded', 'job-failed'],
  inspectFirst: ['spec.schedulingGates', 'the controller that set the gate', 'quota and queues'],
  commonCauses: ['its queue is full', 'the controller that lifts the gate is not running', 'a quota is used up'],
  productionRisk: 'pod waits for as long as nobody lifts the gate',
  advice: [
    'Find out who set the gate: the scheduler does not even look at the pod before it is lifted.',
    'In a queueing system look at the queue and its quota before the pod.',
  ],
  match: (pod, workload) => {
    const gated = pod.states.filter((state) => isGated(state) && state.at < (pod.deletionRequestedAt ?? Infinity));
    const [first] = gated;
    const newest = gated.at(-1);
    if (first === undefined || newest === undefined) return [];
    const condition = conditionOf(newest.record, 'PodScheduled');
    const from = earliest(instantOf(conditionOf(first.record, 'PodScheduled')?.lastTransitionTime), first.at) ?? first.at;
    const removed = earliest(pod.deletionRequestedAt, pod.goneAt);
    const until = earliest(liftedAt(pod, newest), removed);
    const opensAt = opensAfter(workload, pod, { from, until, patience });
    const text = condition?.message ?? 'scheduling gates are set';
    return [
      {
        symptom: 'SchedulingGated',
        reason: 'SchedulingGated',
        phase: 'scheduling',
        cause: 'scheduling-gated',
        basis: 'observed',
        summary: `The pod is not offered to the scheduler: ${text}`,
        quote: text,
        pod: pod.name,
        podUid: pod.uid,
        wholePod: true,
        deaths: [],
        from,
        lastAt: until ?? newest.at,
        evidence: [citeCondition(first, 'PodScheduled')],
        ...(until === undefined ? {} : { until, overBy: until === removed ? 'removal' : 'progress' }),
        ...(opensAt === undefined ? {} : { opensAt }),
      },
    ];
  },
});

function isGated({ record }: PodState): boolean {
  if (record.node !== undefined) return false;
  const condition = conditionOf(record, 'PodScheduled');
  return condition?.status === 'False' && condition.reason === 'SchedulingGated';
}

function liftedAt(pod: PodHistory, newest: PodState): number | undefined {
  return pod.states.find((state) => state.at >= newest.at && state !== newest && !isGated(state))?.at;
}
