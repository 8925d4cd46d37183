import { evictionCause, type EvictionFinding } from '../causes/eviction-cause.ts';
import type { ContainerHistory } from '../history/container-history.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { PodHistory } from '../history/pod-history.ts';
import { wholePodPlace } from './place-of.ts';
import { defineRule, type Sign } from './rule.ts';
import { reported, stopReport } from './stop-report.ts';

export const evicted = defineRule({
  scope: 'pod',
  id: 'evicted',
  title: 'The kubelet evicted the pod',
  symptoms: ['Evicted'],
  explains: ['container-status-unknown', 'job-failed', 'readiness-probe-failed', 'stuck-terminating'],
  inspectFirst: ['eviction message', 'requests and limits', 'node pressure conditions', 'what the container wrote or held in memory'],
  commonCauses: ['usage above the request on a full node', 'own storage limit exceeded', 'emptyDir over its size limit', 'node disk full'],
  productionRisk: 'pod killed with almost no grace, its local data lost',
  advice: [
    'Read the message first: pressure of the node, the own limit of the pod, and a refusal at admission are three different things.',
    'Compare what the named container used with what it requests: who exceeds the request is evicted first.',
    'Set requests and limits in the owning workload to what it needs, or move what it writes to a volume.',
  ],
  match: evictedSigns,
});

const reasons = new Set(['Evicted']);

/** One word for three things: whose limit it was decides where to look. */
const kindWords: Readonly<Record<EvictionFinding['kind'], string>> = {
  'own-limit': 'limit of the pod itself',
  'node-pressure': 'pressure on the node',
  admission: 'refused by a node under pressure',
};

function evictedSigns(pod: PodHistory): readonly Sign[] {
  const report = stopReport(pod, reasons, isEviction);
  if (report === undefined) return [];
  const finding = evictionCause(report.text);
  const container = offender(pod, finding);
  return [
    {
      symptom: 'Evicted',
      reason: 'Evicted',
      phase: finding?.kind === 'admission' ? 'node-admission' : 'termination',
      cause: finding?.cause ?? 'unexplained',
      basis: finding === undefined ? 'derived' : 'observed',
      summary: `The kubelet ${finding?.kind === 'admission' ? 'refused' : 'evicted'} the pod: ${report.text === '' ? 'no record says why' : report.text}`,
      quote: finding?.matched ?? report.text,
      ...(finding === undefined ? {} : { detail: kindWords[finding.kind] }),
      ...wholePodPlace(pod, container),
      ...reported(pod, container, report),
    },
  ];
}

/** Schedulers, deschedulers and autoscalers call other things so: an eviction is the kubelet's, and its text one of few. */
function isEviction(event: EventRecord): boolean {
  const { reason, source } = event.record;
  return reason === 'Evicted' && source.component === 'kubelet' && evictionCause(event.message) !== undefined;
}

/** Who the message names; for a volume the only container that mounts it; else whoever stands first. */
function offender(pod: PodHistory, finding: EvictionFinding | undefined): ContainerHistory | undefined {
  const apps = pod.containers.filter((container) => container.role === 'app');
  const named = pod.containers.find((container) => container.name === finding?.container);
  const { volume } = finding ?? {};
  const mounting = volume === undefined ? [] : apps.filter(({ status }) => status.mounts?.some((mount) => mount.volume === volume));
  return named ?? (mounting.length === 1 ? mounting[0] : apps[0]);
}
