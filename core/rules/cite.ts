import type { ContainerSpan, Death } from '../history/container-history.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { OwnerState } from '../history/owner-history.ts';
import { conditionOf } from '../history/pod-facts.ts';
import type { PodState } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Evidence } from '../incident/incident.ts';
import { evidenceOf } from '../evidence/evidence-id.ts';
import type { LogObservation } from '../wire/log.ts';

/** Builders of evidence: which record, where in the Kubernetes object, and the words that matter. */

export function citeSpan(span: ContainerSpan): Evidence {
  const { waiting, terminated } = span.status.state ?? {};
  const detail = waiting?.message ?? terminated?.message;
  return {
    id: span.evidence,
    source: 'pod',
    path: `${span.path}/state/${span.state}`,
    text: [span.reason ?? span.state, detail].filter((part) => part !== undefined && part !== '').join(': '),
  };
}

export function citeDeath(death: Death): Evidence {
  const { terminated, evidence, path } = death.end;
  const words = [terminated.reason ?? 'terminated', `exit code ${terminated.exitCode}`, terminated.message?.trim()];
  return {
    id: evidence,
    source: death.containerID === undefined ? 'pod' : 'termination',
    path,
    text: words.filter((part) => part !== undefined && part !== '').join(', '),
  };
}

export function citeEvent(event: EventRecord): Evidence {
  return { id: event.evidence, source: 'event', path: '/message', text: `${event.record.reason}: ${event.message}` };
}

export function citeLog({ hash }: WorkloadHistory, log: LogObservation, line: string): Evidence {
  return { id: evidenceOf(log, hash), source: 'log', path: '', text: line };
}

/** `status.reason` and `status.message` of a pod. */
export function citePodReason({ evidence, record }: PodState): Evidence {
  const words = [record.reason ?? record.phase ?? 'pod', record.message?.trim()];
  return {
    id: evidence,
    source: 'pod',
    path: '/status/reason',
    text: words.filter((part) => part !== undefined && part !== '').join(': '),
  };
}

/** One condition of a pod or of a controller, as the record shows it. */
export function citeCondition(state: PodState | OwnerState, type: string): Evidence {
  const conditions = state.record.conditions ?? [];
  const condition = conditionOf({ conditions }, type);
  const words = [`${type}=${condition?.status ?? 'absent'}`, condition?.reason, condition?.message?.trim()];
  return {
    id: state.evidence,
    source: state.record.kind,
    path: `/status/conditions/${conditions.findIndex((item) => item.type === type)}`,
    text: words.filter((part) => part !== undefined && part !== '').join(': '),
  };
}
