import type { Recording } from './recording.ts';

export interface FirstList {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly resource: string;
  readonly version: string;
  readonly items: number;
}

/** The first list of each resource: what a recording calls the beginning. */
export function firstLists(recording: Recording): readonly FirstList[] {
  const first = new Map<string, FirstList>();
  for (const { at, resource, what, resourceVersion, items = 0 } of recording.meta) {
    if (what !== 'LIST' || resourceVersion === undefined || first.has(resource)) continue;
    first.set(resource, { at, resource, version: resourceVersion, items });
  }
  return [...first.values()];
}
