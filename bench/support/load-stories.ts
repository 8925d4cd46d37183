import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Draft } from '#core/wire/observation.ts';
import type { WorkloadRef } from '#core/wire/workload-ref.ts';
import { object, word } from '../../collector/trim/read-field.ts';
import { trimEvent } from '../../collector/trim/trim-event.ts';
import { trimPod } from '../../collector/trim/trim-pod.ts';

/** What happened to one workload, as the collector would send it, in order. */
export type Story = readonly Draft[];

const recordings = join(import.meta.dirname, '..', '..', 'test', 'recordings');

/** The pod states and events of recorded incidents of one Deployment each. */
export function loadStories(names: readonly string[]): readonly Story[] {
  return names.map((name) => {
    const lines = readFileSync(join(recordings, name, 'watch.jsonl'), 'utf8')
      .trim()
      .split('\n');
    return lines.flatMap((line) => toDraft(object(JSON.parse(line))));
  });
}

function toDraft({ resource, type, object: raw }: ReturnType<typeof object>): readonly Draft[] {
  if (type === 'BOOKMARK') return [];
  if (resource === 'pods') {
    const pod = trimPod(raw, workloadOf(raw));
    return pod === undefined ? [] : [type === 'DELETED' ? { ...pod, deleted: true } : pod];
  }
  const event = resource === 'events' ? trimEvent(raw) : undefined;
  return event === undefined ? [] : [event];
}

/** The recorded stories are of Deployments: their pods are named after ReplicaSet and hash. */
function workloadOf(raw: unknown): WorkloadRef {
  const { name, uid } = object([object(object(raw).metadata).ownerReferences].flat()[0]);
  const replicaSet = word(name, 253) ?? 'unknown';
  const deployment = replicaSet.replace(/-[a-z0-9]+$/, '');
  return {
    kind: 'Deployment',
    name: deployment,
    chain: [
      { kind: 'ReplicaSet', name: replicaSet, uid: word(uid, 128) ?? 'unknown' },
      { kind: 'Deployment', name: deployment },
    ],
  };
}
