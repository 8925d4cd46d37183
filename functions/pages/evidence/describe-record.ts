import { objectName } from '#core/report/object-name.ts';
import type { Observation } from '#core/wire/observation.ts';

export interface RecordWords {
  readonly kind: string;
  /** Who said so. */
  readonly source: string;
  /** From outside. */
  readonly object: string;
  /** Uid of the pod it is about. */
  readonly pod?: string;
}

/** What kind of record it is, who said it, and of what. */
export function describeRecord(record: Observation): RecordWords {
  switch (record.kind) {
    case 'pod':
      return { kind: 'state of a pod', source: 'API server', object: `pod/${record.name}`, pod: record.uid };
    case 'workload':
      return { kind: 'state of a controller', source: 'API server', object: objectName(record.objectKind, record.name) };
    case 'log':
      return {
        kind: `log of container ${record.container}, instance ${record.restartCount}`,
        source: 'kubelet',
        object: `pod/${record.pod}`,
        pod: record.podUid,
      };
    case 'usage':
      return { kind: `memory usage of container ${record.container}`, source: 'metrics', object: `pod/${record.pod}`, pod: record.podUid };
    case 'node':
      return { kind: 'state of a node', source: 'API server', object: `node/${record.name}` };
    case 'event': {
      const { kind, name, uid } = record.involvedObject;
      const isPod = kind === 'Pod' && uid !== undefined && uid.includes('-');
      return {
        kind: `event ${record.reason}`,
        source: record.source.component ?? 'unknown',
        object: objectName(kind, name),
        ...(isPod ? { pod: uid } : {}),
      };
    }
    case 'coverage':
      return { kind: `coverage note ${record.note}`, source: record.collector, object: record.resource ?? 'the collector' };
    default:
      return record satisfies never;
  }
}
