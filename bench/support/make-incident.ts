import { observationId } from '#core/wire/observation-id.ts';
import type { Draft, Observation } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import type { Story } from './load-stories.ts';
import { makeFleet } from './make-fleet.ts';

export interface BigIncident {
  readonly key: WorkloadKey;
  readonly observations: readonly Observation[];
  /** Latest data time, epoch milliseconds. */
  readonly watermark: number;
}

const from = Date.parse('2026-11-22T12:00:00Z');
const logLines = 40;

/** One story told by so many pods of one Deployment that the incident has about `wanted` observations, a log for each death among them. */
export function makeIncident(story: Story, wanted: number): BigIncident {
  const pods = Math.max(1, Math.round(wanted / withLogs(fleetOf(story, 1)).length));
  const observations = withLogs(fleetOf(story, pods));
  const namespace = observations.find((item) => item.kind === 'pod')?.namespace ?? '';
  return {
    key: { cluster: 'bench', namespace, kind: 'Deployment', name: 'bench' },
    observations,
    watermark: Math.max(...observations.map((item) => Date.parse(item.observedAt))),
  };
}

/** A fleet of one workload each, made one workload. */
function fleetOf(story: Story, pods: number): readonly Observation[] {
  return makeFleet([story], { workloads: pods, from }).map((item) =>
    item.kind === 'pod'
      ? { ...item, workload: { ...item.workload, name: 'bench', chain: [{ kind: 'Deployment', name: 'bench', uid: 'bench' }] } }
      : item,
  );
}

function withLogs(observations: readonly Observation[]): readonly Observation[] {
  const logs = new Map<string, Observation>();
  for (const pod of observations) {
    if (pod.kind !== 'pod') continue;
    for (const { name, restartCount = 0, state } of pod.containers) {
      const containerID = state?.terminated?.containerID;
      if (containerID === undefined || logs.has(containerID)) continue;
      logs.set(containerID, logOf(pod, { name, containerID, restartCount }));
    }
  }
  return [...observations, ...logs.values()];
}

interface Instance {
  readonly name: string;
  readonly containerID: string;
  readonly restartCount: number;
}

function logOf(pod: PodObservation, { name, containerID, restartCount }: Instance): Observation {
  const lines = Array.from({ length: logLines }, (_, line) => `{"level":"info","msg":"cache grew","entries":${line},"rssMb":${20 + line}}`);
  const draft: Draft = {
    kind: 'log',
    namespace: pod.namespace,
    pod: pod.name,
    podUid: pod.uid,
    container: name,
    role: 'app',
    workload: pod.workload,
    containerID,
    restartCount,
    final: true,
    text: lines.join('\n'),
  };
  return { ...draft, id: observationId(draft), observedAt: pod.observedAt, cluster: pod.cluster };
}
