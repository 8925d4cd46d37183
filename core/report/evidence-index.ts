import { evidenceOf, knownEvidenceOf, type EvidenceId } from '../evidence/evidence-id.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { Death } from '../history/container-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Instant } from '../time/instant.ts';
import type { NodeObservation } from '../wire/node.ts';
import type { Observation } from '../wire/observation.ts';
import { describeOwner } from './timeline/describe-owner.ts';
import { describeState } from './timeline/describe-state.ts';

/** What a document says of a record it cites. All fields but `id` are from outside. */
export interface CitedRecord {
  readonly id: EvidenceId;
  readonly kind: string;
  readonly source: string;
  readonly at: Instant;
  readonly until?: Instant;
  readonly text: string;
}

/** The cited records by evidence id; an id without a record would be a defect, and is left out so that a test can see it. */
export function indexEvidence(workload: WorkloadHistory, cited: ReadonlySet<EvidenceId>): readonly CitedRecord[] {
  const found = new Map<EvidenceId, CitedRecord>();
  const add = (record: CitedRecord): void => {
    if (cited.has(record.id) && !found.has(record.id)) found.set(record.id, record);
  };
  for (const { containers } of workload.pods) {
    for (const { deaths } of containers) for (const death of deaths) if (cited.has(death.end.evidence)) add(describeDeath(death));
  }
  // Who cites a record asked for its id: looking there first saves hashing all that nobody cites.
  for (const idOf of [knownEvidenceOf, evidenceOf]) {
    if (found.size === cited.size) break;
    for (const record of workload.observations) {
      const id = record.kind === 'event' ? undefined : idOf(record);
      if (id !== undefined && cited.has(id)) add(describeRecord(id, record));
    }
    for (const { events } of objectsOf(workload)) {
      for (const event of events) {
        const id = idOf(event.record);
        if (id !== undefined && cited.has(id)) add(describeEvent(event));
      }
    }
  }
  return [...found.values()].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function objectsOf({ pods, owners, top, otherEvents }: WorkloadHistory): readonly { readonly events: readonly EventRecord[] }[] {
  return [...pods, ...owners, ...(top === undefined ? [] : [top]), { events: otherEvents }];
}

function describeEvent(event: EventRecord): CitedRecord {
  return {
    id: event.evidence,
    kind: `event ${event.record.reason}${event.count > 1 ? ` ×${event.count}` : ''}`,
    source: event.record.source.component ?? 'unknown',
    at: event.firstAt,
    text: event.message,
    ...(event.lastAt > event.firstAt ? { until: event.lastAt } : {}),
  };
}

function describeDeath({ index, status, end }: Death): CitedRecord {
  const { terminated } = end;
  return {
    id: end.evidence,
    kind: 'termination',
    source: 'pod status',
    at: end.finishedAt,
    text: [`${status.name} instance ${index}`, terminated.reason, `exit code ${terminated.exitCode}`, terminated.message]
      .filter(Boolean)
      .join(', '),
  };
}

function describeRecord(id: EvidenceId, record: Observation): CitedRecord {
  const at = Date.parse(record.observedAt);
  switch (record.kind) {
    case 'pod':
      return {
        id,
        kind: 'pod state',
        source: 'API server',
        at,
        text: `${record.name}, ${describeState(record)}`,
      };
    case 'workload':
      return {
        id,
        kind: record.objectKind,
        source: 'API server',
        at,
        text: `${record.name}, ${describeOwner(record)}`,
      };
    case 'log':
      return { id, kind: 'log', source: 'kubelet', at, text: `${record.pod}/${record.container} instance ${record.restartCount}` };
    case 'node':
      return { id, kind: 'node state', source: 'API server', at, text: `${record.name}, ${describeNode(record)}` };
    case 'usage':
      return { id, kind: 'usage', source: 'metrics', at, text: `${record.pod}/${record.container}, ${record.samples.length} samples` };
    case 'coverage':
      return { id, kind: 'coverage', source: record.collector, at, text: record.reason ?? record.note };
    case 'event':
      return { id, kind: 'event', source: record.source.component ?? 'unknown', at, text: record.message };
    default:
      return record satisfies never;
  }
}

/** `Ready=False: KubeletNotReady, unschedulable` */
function describeNode({ conditions, deleted, unschedulable }: NodeObservation): string {
  const notable = conditions.filter(({ type, status }) => type === 'Ready' || status === 'True');
  return [
    ...(deleted === true ? ['gone'] : []),
    ...notable.map(({ type, status, reason }) => `${type}=${status}${reason === undefined ? '' : `: ${reason}`}`),
    ...(unschedulable === true ? ['unschedulable'] : []),
  ].join(', ');
}
