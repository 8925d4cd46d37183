import { evidenceOf, type EvidenceId } from '../evidence/evidence-id.ts';
import { deathsOf } from '../history/pod-facts.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { instantOf, type Instant } from '../time/instant.ts';
import type { Observation } from '../wire/observation.ts';

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
  for (const record of workload.observations) {
    if (record.kind === 'event') continue;
    const id = evidenceOf(record);
    if (cited.has(id) && !found.has(id)) found.set(id, describeRecord(id, record));
  }
  const objects = [...workload.pods, ...workload.owners, ...(workload.top === undefined ? [] : [workload.top])];
  for (const event of [...objects.flatMap((object) => object.events), ...workload.otherEvents]) {
    if (!cited.has(event.evidence)) continue;
    found.set(event.evidence, {
      id: event.evidence,
      kind: `event ${event.record.reason}${event.count > 1 ? ` ×${event.count}` : ''}`,
      source: event.record.source.component ?? 'unknown',
      at: event.firstAt,
      text: event.message,
      ...(event.lastAt > event.firstAt ? { until: event.lastAt } : {}),
    });
  }
  for (const death of workload.pods.flatMap((pod) => pod.containers.flatMap((container) => deathsOf(container)))) {
    if (!cited.has(death.end.evidence) || found.has(death.end.evidence)) continue;
    const { terminated } = death.end;
    found.set(death.end.evidence, {
      id: death.end.evidence,
      kind: 'termination',
      source: 'pod status',
      at: death.end.finishedAt,
      text: [`${death.status.name} instance ${death.index}`, terminated.reason, `exit code ${terminated.exitCode}`, terminated.message]
        .filter(Boolean)
        .join(', '),
    });
  }
  return [...found.values()].toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
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
        text: `${record.name}, phase ${record.phase ?? 'unknown'}, ${describeContainers(record)}`,
      };
    case 'workload':
      return {
        id,
        kind: record.objectKind,
        source: 'API server',
        at: instantOf(record.createdAt) === at ? at : at,
        text: `${record.name}, revision ${record.revision ?? record.revisionHash ?? 'none'}, images ${record.containers.map((item) => item.image).join(' ')}`,
      };
    case 'log':
      return { id, kind: 'log', source: 'kubelet', at, text: `${record.pod}/${record.container} instance ${record.restartCount}` };
    case 'node':
      return { id, kind: 'node state', source: 'API server', at, text: record.name };
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

function describeContainers(record: Extract<Observation, { kind: 'pod' }>): string {
  return record.containers
    .map(({ name, state }) => {
      const { waiting, running, terminated } = state ?? {};
      const word = waiting
        ? `waiting ${waiting.reason ?? ''}`
        : running
          ? 'running'
          : terminated
            ? `terminated ${terminated.reason ?? ''}`
            : 'unreported';
      return `${name} ${word.trim()}`;
    })
    .join(', ');
}
