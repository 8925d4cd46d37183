import { mountCause, type MountFinding } from '../causes/mount-cause.ts';
import { parseMountMessage } from '../causes/parse-mount-message.ts';
import type { ContainerHistory } from '../history/container-history.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { PodHistory } from '../history/pod-history.ts';
import { minute, second } from '../time/instant.ts';
import { defineRule } from './rule.ts';
import { setupSigns, type SetupClass, type SetupVerdict } from './setup-signs.ts';

const reasons = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume']);

const mount: SetupClass = {
  symptom: 'FailedMount',
  phase: 'volume-setup',
  isFailure: ({ record }) => reasons.has(record.reason),
  judge: judgeMount,
};

export const failedMount = defineRule({
  scope: 'pod',
  id: 'failed-mount',
  title: 'A volume of the pod could not be attached or mounted',
  symptoms: ['FailedMount'],
  explains: ['creation-stalled', 'deadline-exceeded', 'job-failed'],
  inspectFirst: [
    'events of the pod',
    'the Secret, ConfigMap or claim that the volume names',
    'events of the claim',
    'where else it is attached',
  ],
  commonCauses: [
    'missing Secret or ConfigMap',
    'missing key',
    'volume still attached to another node',
    'CSI driver not on this node',
    'wrong NFS path',
  ],
  productionRisk: 'pod never starts',
  advice: [
    'Read which volume fails, and look for the object that it names in the namespace.',
    'For a volume that is attached elsewhere, see whether the old pod is gone and its node alive.',
    'Fix the volume in the owning workload; the pod goes on by itself once it mounts.',
  ],
  match: (pod, workload) => setupSigns(pod, workload, mount),
});

/** After this long the controller detaches a volume from a dead node by force; until then a rolling update looks the same. */
const handOver = 6 * minute;
/** Caches of a kubelet are filled within seconds after a pod is bound. */
const cacheFill = 30 * second;

/** The newest event that names a cause speaks; the kubelet's summary of all volumes names none. */
function judgeMount(events: readonly [EventRecord, ...EventRecord[]], pod: PodHistory): SetupVerdict {
  const found = events.flatMap((event) => {
    const finding = mountCause(event.message);
    return finding === undefined ? [] : [{ event, finding }];
  });
  const telling = found.find(({ finding }) => finding.transient !== true) ?? found[0];
  const event = telling?.event ?? events.find(({ message }) => parseMountMessage(message)?.operation !== undefined) ?? events[0];
  const message = parseMountMessage(event.message);
  const volume = message?.volumes[0];
  const what = volume === undefined ? 'A volume' : `Volume ${volume}`;
  return {
    cause: telling?.finding.cause ?? 'unexplained',
    basis: telling === undefined ? 'derived' : 'observed',
    summary: `${what} could not be ${event.record.reason === 'FailedAttachVolume' ? 'attached' : 'mounted'}: ${message?.detail || event.message}`,
    quote: message?.detail || event.message,
    container: mounting(pod, volume),
    ...patienceFor(telling?.finding),
  };
}

function patienceFor(finding: MountFinding | undefined): { readonly patience?: number } {
  if (finding?.transient !== true) return {};
  return { patience: finding.cause === 'multi-attach' ? handOver : cacheFill };
}

/** The first app container that mounts the volume. */
function mounting(pod: PodHistory, volume: string | undefined): ContainerHistory | undefined {
  return pod.containers.find(({ role, status }) => role === 'app' && status.mounts?.some((item) => item.volume === volume));
}
