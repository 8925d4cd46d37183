import { join } from 'node:path';
import type { RecordedObject, Recording, WatchEntry } from '../../replay/recording.ts';

export const recordings = join(import.meta.dirname, '..', 'recordings');

/** Seconds into a made-up recording, as epoch milliseconds. */
export function second(seconds: number): number {
  return Date.parse('2026-11-22T10:00:00.000Z') + seconds * 1000;
}

export function pod(
  name: string,
  resourceVersion: number,
  more: { namespace?: string; node?: string; labels?: object } = {},
): RecordedObject {
  const { namespace = 'shop', node = 'node-1', labels = {} } = more;
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name, namespace, uid: `uid-${name}`, resourceVersion: String(resourceVersion), labels },
    spec: { nodeName: node, containers: [{ name: 'web' }] },
    status: {},
  };
}

export function bookmark(resourceVersion: number): RecordedObject {
  return { kind: 'Pod', apiVersion: 'v1', metadata: { resourceVersion: String(resourceVersion) }, spec: { containers: null } };
}

export function line(seconds: number, type: WatchEntry['type'], object: RecordedObject, resource = 'pods'): WatchEntry {
  return { at: second(seconds), resource, type, object };
}

/** A recording whose pods list had version 100 at second 0. */
export function smallRecording(entries: readonly WatchEntry[], more: Partial<Recording> = {}): Recording {
  const meta = [{ at: second(0), resource: 'pods', what: 'LIST', status: 200, resourceVersion: '100', items: 0 }];
  return { name: 'small', entries, errors: [], meta, logs: [], startAt: new Date(second(0)), endAt: new Date(second(60)), ...more };
}
