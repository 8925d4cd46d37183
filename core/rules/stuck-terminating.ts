import type { PodHistory, PodState } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { instantOf, minute } from '../time/instant.ts';
import type { Evidence } from '../incident/incident.ts';
import { citeEvent } from './cite.ts';
import { wholePodPlace } from './place-of.ts';
import { defineRule, type Sign } from './rule.ts';

/** After its whole grace period a pod should be gone; the kubelet and the API server get this long to agree on it. */
const patience = minute;

export const stuckTerminating = defineRule({
  scope: 'pod',
  id: 'stuck-terminating',
  title: 'The pod does not go away',
  symptoms: ['StuckTerminating'],
  explains: [],
  inspectFirst: ['finalizers', 'node', 'FailedKillPod and unmount events', 'containers still running'],
  commonCauses: [
    'a finalizer nobody removes',
    'a node that is gone',
    'a volume that cannot be unmounted',
    'a process that cannot be killed',
  ],
  productionRisk: 'its volume, address or name stays taken, so its replacement may not start',
  advice: [
    'Look at the node first: a kubelet that is gone cannot confirm anything.',
    'Then at the finalizers of the pod, and at the controller that should remove them.',
    'Force the deletion only when the process is known to be dead: a StatefulSet may run the same member twice otherwise.',
  ],
  match: (pod, workload) => {
    const marked = pod.states.filter((state) => state.record.deletionTimestamp !== undefined && state.record.deleted !== true);
    const newest = marked.at(-1);
    return newest === undefined ? [] : stuckSigns(pod, workload, newest);
  },
});

const tellingEvents = new Set(['FailedKillPod', 'ExceededGracePeriod', 'FailedPreStopHook']);

function stuckSigns(pod: PodHistory, workload: WorkloadHistory, marked: PodState): readonly Sign[] {
  const due = instantOf(marked.record.deletionTimestamp) ?? marked.at;
  const end = pod.goneAt ?? workload.now;
  if (end - due < patience) return [];
  const running = pod.containers.filter((container) => container.status.state?.running !== undefined);
  const events = pod.events.filter((event) => tellingEvents.has(event.record.reason));
  const what =
    running.length > 0 ? `${running.map(({ name }) => name).join(', ')} still shown as running` : 'no container running any more';
  const said = events.at(-1)?.message;
  return [
    {
      symptom: 'StuckTerminating',
      reason: 'Terminating',
      phase: 'termination',
      cause: 'unexplained',
      basis: 'derived',
      summary: `The pod should have been gone when its grace period was over, with ${what}${said === undefined ? '; no record says why' : `: ${said}`}.`,
      ...wholePodPlace(pod, running.find((container) => container.role === 'app') ?? running[0]),
      deaths: [],
      from: due,
      lastAt: pod.goneAt ?? Math.max(due, marked.at),
      opensAt: due + patience,
      evidence: [citeDeletion(marked), ...events.map(citeEvent)],
      ...(said === undefined ? {} : { quote: said }),
      ...(pod.goneAt === undefined ? {} : { until: pod.goneAt, overBy: 'removal' as const }),
    },
  ];
}

function citeDeletion({ evidence, record }: PodState): Evidence {
  return { id: evidence, source: 'pod', path: '/metadata/deletionTimestamp', text: `deletionTimestamp ${record.deletionTimestamp ?? ''}` };
}
