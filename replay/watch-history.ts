import type { RecordedObject, WatchEntry } from './recording.ts';
import { compareVersions, isVersion, newestVersion } from './resource-version.ts';

/** One change the server has seen; `previous` is what selectors need to tell that an object entered or left their view. */
export interface HistoryLine {
  readonly sequence: number;
  readonly entry: WatchEntry;
  readonly previous?: RecordedObject;
}

/** Where a watch begins: after `sequence`, and for a version of the future only with what is newer than that. */
export type WatchStart =
  | { readonly kind: 'from'; readonly sequence: number; readonly newerThan?: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'malformed' };

/** Everything that changed during the replay, kept so that a watch can be resumed. */
export interface WatchHistory {
  append(entry: WatchEntry, previous: RecordedObject | undefined): HistoryLine;
  since(resource: string, sequence: number): readonly HistoryLine[];
  start(resource: string, version: string): WatchStart;
  /** A client has seen `version` of this resource, as of `sequence`. */
  issued(resource: string, version: string, sequence: number): void;
  /** The version of the newest change, which a list carries. */
  version(): string;
  /** The numerically greatest version so far. */
  newest(): string;
  sequence(): number;
}

/**
 * Versions that were handed out are looked up, not compared: recordings of several clusters, merged, have
 * versions in no order. `oldest`: per resource the first listed version, what came before it is gone.
 */
export function createWatchHistory(initialVersion: string, oldest: ReadonlyMap<string, string>): WatchHistory {
  const lines = new Map<string, HistoryLine[]>();
  const seen = new Map<string, Map<string, number>>();
  let sequence = 0;
  let version = initialVersion;
  let newest = initialVersion;
  const linesOf = (resource: string) => lines.get(resource) ?? [];

  return {
    append(entry, previous) {
      sequence += 1;
      const line = { sequence, entry, ...(previous === undefined ? {} : { previous }) };
      lines.set(entry.resource, linesOf(entry.resource));
      lines.get(entry.resource)?.push(line);
      const { resourceVersion } = entry.object.metadata;
      // A bookmark may carry the version of another resource's later change: lists must not start from there.
      if (entry.type !== 'BOOKMARK') version = resourceVersion;
      newest = newestVersion([newest, resourceVersion]);
      return line;
    },
    since: (resource, from) => linesOf(resource).filter((line) => line.sequence > from),
    start(resource, from) {
      const known = seen.get(resource)?.get(from);
      if (known !== undefined) return { kind: 'from', sequence: known };
      if (!isVersion(from)) return { kind: 'malformed' };
      if (compareVersions(from, oldest.get(resource) ?? initialVersion) < 0) return { kind: 'expired' };
      if (compareVersions(from, newest) > 0) return { kind: 'from', sequence, newerThan: from };
      const last = linesOf(resource).findLast((line) => compareVersions(line.entry.object.metadata.resourceVersion, from) <= 0);
      return { kind: 'from', sequence: last?.sequence ?? 0 };
    },
    issued(resource, from, at) {
      const versions = seen.get(resource) ?? new Map<string, number>();
      versions.set(from, at);
      seen.set(resource, versions);
    },
    version: () => version,
    newest: () => newest,
    sequence: () => sequence,
  };
}
