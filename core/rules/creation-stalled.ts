import { conditionOf, isUntouched } from '../history/pod-facts.ts';
import type { PodHistory, PodState } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Phase } from '../incident/vocabulary.ts';
import { earliest, instantOf, minute } from '../time/instant.ts';
import { citeCondition, citeEvent } from './cite.ts';
import { wholePodPlace } from './place-of.ts';
import { defineRule, type Sign } from './rule.ts';

/** Large images and volumes take their time, and no record tells their pace. */
const patience = 10 * minute;

export const creationStalled = defineRule({
  scope: 'pod',
  id: 'creation-stalled',
  title: 'The containers are not created, and no error says why',
  symptoms: ['Pending'],
  explains: ['deadline-exceeded', 'job-failed'],
  inspectFirst: ['events of the pod and of its claims', 'node', 'size of image and volumes'],
  commonCauses: [
    'a mount that hangs without an error',
    'a very large image',
    'file ownership of a large volume being changed',
    'events that have expired',
  ],
  productionRisk: 'pod never starts',
  advice: [
    'Look at the newest event: an image being pulled and a volume being mounted both show ContainerCreating.',
    'Events live for an hour: describe the claims and the node where the pod has none.',
    'See whether other pods on that node start.',
  ],
  match: (pod, workload) => {
    const creating = pod.states.filter((state) => isCreating(state) && state.at < (pod.deletionRequestedAt ?? Infinity));
    const [first] = creating;
    const newest = creating.at(-1);
    return first === undefined || newest === undefined ? [] : stalledSigns(pod, workload, { first, newest });
  },
});

function stalledSigns(
  pod: PodHistory,
  workload: WorkloadHistory,
  { first, newest }: { first: PodState; newest: PodState },
): readonly Sign[] {
  const from = instantOf(first.record.startTime) ?? first.at;
  const after = pod.states.find((state) => state.at >= newest.at && state !== newest && !isCreating(state))?.at;
  const removed = earliest(pod.deletionRequestedAt, pod.goneAt);
  const until = earliest(after, removed);
  // Measured on one clock, the observer's: the start time is the node's.
  if ((until ?? workload.now) - (workload.snapshot ? from : first.at) < patience) return [];
  const pulling = pod.events.filter((event) => event.record.reason === 'Pulling');
  const chown = pod.events.filter((event) => event.record.reason === 'VolumePermissionChangeInProgress');
  const ready = conditionOf(newest.record, 'PodReadyToStartContainers');
  const phase: Phase = pulling.length > 0 || ready?.status === 'True' ? 'image-pull' : 'volume-setup';
  const [seen] = [...chown, ...pulling];
  return [
    {
      symptom: 'Pending',
      reason: 'ContainerCreating',
      phase: chown.length > 0 ? 'volume-setup' : phase,
      cause: chown.length > 0 ? 'slow' : 'unexplained',
      basis: 'derived',
      summary: `The containers of the pod are not created${seen === undefined ? ', and no record says why' : `; its last step was "${seen.message}"`}.`,
      ...wholePodPlace(pod),
      deaths: [],
      from,
      lastAt: until ?? newest.at,
      opensAt: from + patience,
      evidence: [citeCondition(first, 'PodScheduled'), ...(seen === undefined ? [] : [citeEvent(seen)])],
      ...(until === undefined ? {} : { until, overBy: until === removed ? ('removal' as const) : ('progress' as const) }),
    },
  ];
}

/** Taken over by a kubelet, and every container still waits as at the beginning. */
function isCreating({ record }: PodState): boolean {
  if (record.phase !== 'Pending' || record.node === undefined || record.startTime === undefined) return false;
  return record.containers.every(isUntouched);
}
