import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordingDir } from './truth.ts';

interface Line {
  readonly resource: string;
  readonly type: string;
  readonly object: { readonly metadata: { readonly uid?: string } };
}

/** What `kubectl get pod,events,… -o json` would have printed at the end of a recording. */
export function lastObjects(
  name: string,
  resources: readonly string[] = ['pods', 'events'],
): { readonly apiVersion: 'v1'; readonly kind: 'List'; readonly items: readonly unknown[] } {
  const objects = new Map<string, unknown>();
  for (const text of readFileSync(join(recordingDir(name), 'watch.jsonl'), 'utf8')
    .trim()
    .split('\n')) {
    const { resource, type, object } = JSON.parse(text) as Line;
    if (!resources.includes(resource) || object.metadata.uid === undefined) continue;
    if (type === 'DELETED') objects.delete(object.metadata.uid);
    else objects.set(object.metadata.uid, object);
  }
  return { apiVersion: 'v1', kind: 'List', items: [...objects.values()] };
}
