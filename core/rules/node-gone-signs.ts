import { isManifestHash } from '../history/manifest-hash.ts';
import { conditionOf } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { earliest, instantOf, minute } from '../time/instant.ts';
import { citeCondition } from './cite.ts';
import type { Sign } from './rule.ts';
import { reported, stopReport } from './stop-report.ts';

/** What all signs of a lost node have in common: no container, for nobody knows what the containers did. */
export function lostPlace(pod: PodHistory) {
  return { symptom: 'NodeLost', pod: pod.name, podUid: pod.uid, wholePod: true, deaths: [] } as const;
}

export function nodeOf(pod: PodHistory): string {
  return pod.latest.node ?? 'of the pod';
}

const shutdownReasons = new Set(['Terminated', 'Shutdown']);

/** A graceful shutdown of the node ends its pods as Failed; those that end with 0 in time are Succeeded and none of this. */
export function shutdownSigns(pod: PodHistory): readonly Sign[] {
  const report = pod.latest.phase === 'Failed' ? stopReport(pod, shutdownReasons, () => false) : undefined;
  if (report === undefined || !/shut|^$/i.test(report.text)) return [];
  return [
    {
      ...lostPlace(pod),
      reason: pod.latest.reason ?? 'Terminated',
      phase: 'termination',
      cause: 'node-shutdown',
      basis: 'observed',
      summary: `Node ${nodeOf(pod)} was shut down and stopped the pod${report.text === '' ? '.' : `: ${report.text}`}`,
      ...(report.text === '' ? {} : { quote: report.text }),
      ...reported(pod, undefined, report),
    },
  ];
}

/** The garbage collector removes pods whose node does not exist any more. */
export function collectedSigns(pod: PodHistory): readonly Sign[] {
  if (pod.stop === undefined) return [];
  const state = pod.disrupted.find(({ record }) => conditionOf(record, 'DisruptionTarget')?.reason === 'DeletionByPodGC');
  const condition = state === undefined ? undefined : conditionOf(state.record, 'DisruptionTarget');
  if (state === undefined || !/node no longer exists/.test(condition?.message ?? '')) return [];
  const from = instantOf(condition?.lastTransitionTime) ?? state.at;
  return [
    {
      ...lostPlace(pod),
      reason: 'DeletionByPodGC',
      phase: 'lost',
      cause: 'node-not-ready',
      basis: 'observed',
      summary: `Node ${nodeOf(pod)} does not exist any more, so the pod was removed.`,
      quote: condition?.message ?? '',
      from,
      lastAt: state.at,
      until: Math.max(from, earliest(pod.terminalAt, pod.goneAt) ?? state.at),
      opensAt: from,
      evidence: [citeCondition(state, 'DisruptionTarget')],
    },
  ];
}

/** Bound to a node whose kubelet has not even written down that it knows of the pod. */
export function unacknowledgedSigns(pod: PodHistory, workload: WorkloadHistory): readonly Sign[] {
  const bound = pod.states.filter(({ record }) => isUnacknowledged(record));
  const [first] = bound;
  const newest = bound.at(-1);
  if (first === undefined || newest === undefined) return [];
  const from = instantOf(conditionOf(first.record, 'PodScheduled')?.lastTransitionTime) ?? first.at;
  const after = pod.states.find((state) => state.at >= newest.at && state !== newest && !isUnacknowledged(state.record))?.at;
  const until = earliest(after, pod.deletionRequestedAt, pod.goneAt);
  // Measured on one clock, the observer's: against the API server's, a skewed one would make every new pod look forgotten.
  if ((until ?? workload.now) - (workload.snapshot ? from : first.at) < minute) return [];
  return [
    {
      ...lostPlace(pod),
      reason: 'Pending',
      phase: 'lost',
      cause: 'unexplained',
      basis: 'hypothesis',
      summary: `The pod is bound to node ${nodeOf(pod)}, but its kubelet has not acknowledged it.`,
      from,
      lastAt: until ?? newest.at,
      opensAt: from + minute,
      evidence: [citeCondition(first, 'PodScheduled')],
      ...(until === undefined ? {} : { until }),
    },
  ];
}

function isUnacknowledged({ uid, phase, node, startTime, conditions, containers }: PodHistory['latest']): boolean {
  if (phase !== 'Pending' || node === undefined || startTime !== undefined) return false;
  // The kubelet's own list shows the pods of its manifests in this state for ever.
  if (isManifestHash(uid)) return false;
  return conditionOf({ conditions }, 'PodScheduled')?.status === 'True' && containers.every((container) => container.state === undefined);
}
