import type { PodHistory } from '../history/pod-history.ts';
import { lostIntervals, type LostInterval } from './lost-interval.ts';
import { collectedSigns, lostPlace, nodeOf, shutdownSigns, unacknowledgedSigns } from './node-gone-signs.ts';
import { defineRule, type Sign } from './rule.ts';

export const nodeLost = defineRule({
  scope: 'pod',
  id: 'node-lost',
  title: 'The node of the pod was lost',
  symptoms: ['NodeLost'],
  explains: ['container-status-unknown', 'creation-stalled', 'job-failed', 'readiness-probe-failed', 'stuck-terminating'],
  inspectFirst: ['node conditions and events', 'kubelet', 'other pods of the node'],
  commonCauses: [
    'kubelet or machine down',
    'network of the node cut off',
    'node shut down or reclaimed',
    'container runtime or CNI not ready',
  ],
  productionRisk: 'pod unreachable, its state unknown, its replacement late',
  advice: [
    'Look at the node, not at the pod: what its containers do is not known, they may well run on.',
    'Compare all pods of that node; a lost node takes them all.',
    'Spread the replicas of the owning workload over nodes and zones.',
  ],
  match: (pod, workload) => [
    ...shutdownSigns(pod),
    ...collectedSigns(pod),
    ...unacknowledgedSigns(pod, workload),
    ...lostIntervals(pod, workload).map((interval) => lostSign(pod, interval)),
  ],
});

function lostSign(pod: PodHistory, { from, until, evidence, observed }: LostInterval): Sign {
  const [first, ...rest] = evidence;
  if (first === undefined) throw new RangeError('a lost interval without evidence');
  return {
    ...lostPlace(pod),
    reason: evidence.some((item) => item.text.startsWith('NodeLost')) ? 'NodeLost' : 'NodeNotReady',
    phase: 'lost',
    cause: 'node-not-ready',
    basis: observed ? 'observed' : 'derived',
    summary: `Node ${nodeOf(pod)} was not ready: what the pod did meanwhile is not known, its containers may have run on.`,
    quote: first.text,
    from,
    lastAt: until ?? from,
    opensAt: from,
    evidence: [first, ...rest],
    ...(until === undefined ? {} : { until, overBy: until === pod.terminalAt || until === pod.goneAt ? 'removal' : 'progress' }),
  };
}
