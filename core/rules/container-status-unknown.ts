import type { ContainerHistory, Death } from '../history/container-history.ts';
import { isExpectedEnd } from '../history/expected-end.ts';
import { decidingContainers } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { minute, type Instant } from '../time/instant.ts';
import type { EventRecord } from '../history/event-record.ts';
import { citeDeath, citeEvent } from './cite.ts';
import { isInventedEnd } from './invented-end.ts';
import { deathFields } from './death-fields.ts';
import { defineRule, type Sign } from './rule.ts';

export const containerStatusUnknown = defineRule({
  scope: 'pod',
  id: 'container-status-unknown',
  title: 'Nobody saw how the container ended',
  symptoms: ['ContainerStatusUnknown'],
  explains: ['job-failed', 'readiness-probe-failed'],
  inspectFirst: ['node events and conditions', 'restart of the node, the kubelet or the container runtime'],
  commonCauses: ['the node restarted', 'the container runtime restarted', 'the container was removed behind the kubelet'],
  productionRisk: 'container was gone without a stop; its exit code is made up',
  advice: [
    'Do not read the exit code: 137, 255 or -1 was made up, nobody observed an exit.',
    'Look at the node: its boot id, its Ready condition and the events of that time.',
    'Compare the other pods of the node: they went through the same.',
  ],
  match: (pod, workload) =>
    decidingContainers(pod).flatMap((container) =>
      container.deaths
        .filter((death) => isInventedEnd(death.end.terminated) && !isExpectedEnd(pod, container, death))
        .map((death) => unknownSign({ pod, workload, container, death })),
    ),
});

interface UnknownEnd {
  readonly pod: PodHistory;
  readonly workload: WorkloadHistory;
  readonly container: ContainerHistory;
  readonly death: Death;
}

function unknownSign({ pod, workload, container, death }: UnknownEnd): Sign {
  const { terminated, finishedAt } = death.end;
  const report = nodeReport(pod, workload, finishedAt);
  return {
    symptom: 'ContainerStatusUnknown',
    reason: terminated.reason ?? 'ContainerStatusUnknown',
    phase: 'lost',
    cause: report === undefined ? 'unexplained' : 'node-not-ready',
    basis: 'derived',
    summary: `Container ${container.name} was lost: nobody saw it end, its exit code ${terminated.exitCode} is made up${report === undefined ? '' : `; the node reported "${report.message}"`}.`,
    ...deathFields(pod, container, death),
    evidence: [citeDeath(death), ...(report === undefined ? [] : [citeEvent(report)])],
  };
}

const nodeReasons = new Set(['NodeNotReady', 'Rebooted', 'Shutdown']);

/** What the node went through around that time: its own events, or what its controller noted on the pod. */
function nodeReport(pod: PodHistory, workload: WorkloadHistory, at: Instant): EventRecord | undefined {
  const near = (event: EventRecord) =>
    nodeReasons.has(event.record.reason) && event.occurrences.some((occurrence) => Math.abs(occurrence - at) <= 10 * minute);
  const ofNode = ({ record: { involvedObject } }: EventRecord) => involvedObject.kind === 'Node' && involvedObject.name === pod.latest.node;
  return workload.nodeEvents.find((event) => ofNode(event) && near(event)) ?? pod.events.find(near);
}
