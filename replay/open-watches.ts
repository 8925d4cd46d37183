import { failureStatus } from './api-status.ts';
import type { ObjectScope } from './object-scope.ts';
import type { RecordedObject } from './recording.ts';
import { compareVersions } from './resource-version.ts';
import type { ResponseStream } from './response-writer.ts';
import type { WatchCut } from './watch-cuts.ts';
import type { HistoryLine, WatchHistory } from './watch-history.ts';

export interface OpenWatch {
  readonly resource: string;
  readonly scope: ObjectScope;
  readonly bookmarks: boolean;
  readonly newerThan?: string;
  readonly stream: ResponseStream;
}

/** The watches that are open at this moment, and what was last written to them. */
export interface OpenWatches {
  add(watch: OpenWatch): void;
  remove(watch: OpenWatch): void;
  /** Writes a line to one watch, if that watch is to see it. */
  write(watch: OpenWatch, line: HistoryLine): void;
  /** An object that exists when a watch without a version begins. */
  writeExisting(watch: OpenWatch, object: RecordedObject): void;
  /** Writes a line to every open watch of its resource. */
  deliver(line: HistoryLine): void;
  /** Ends all watches of a resource; false when none was open. */
  cut(resource: string, how: WatchCut['how']): boolean;
  end(watch: OpenWatch, how: WatchCut['how']): void;
  /** Ends all of them cleanly. */
  endAll(): void;
  /** Resource plural → resourceVersion of the last line that went out whole. */
  sent(): ReadonlyMap<string, string>;
  /** How many lines went out whole so far. */
  linesWritten(): number;
}

/** Fact of the API: an expired version is answered with HTTP 200 and one ERROR line. */
export const expiredLine = `${JSON.stringify({
  type: 'ERROR',
  object: failureStatus(410, 'The resourceVersion for the provided watch is too old.'),
})}\n`;

export function createOpenWatches(history: WatchHistory): OpenWatches {
  const open = new Set<OpenWatch>();
  const sent = new Map<string, string>();
  let linesWritten = 0;

  function writeLine(watch: OpenWatch, type: string, object: RecordedObject, sequence: number): void {
    if (!watch.stream.write(`${JSON.stringify({ type, object })}\n`)) return;
    const { resourceVersion } = object.metadata;
    linesWritten += 1;
    sent.set(watch.resource, resourceVersion);
    history.issued(watch.resource, resourceVersion, sequence);
  }

  const watches: OpenWatches = {
    add: (watch) => void open.add(watch),
    remove: (watch) => void open.delete(watch),
    write(watch, line) {
      const { object } = line.entry;
      if (watch.newerThan !== undefined && compareVersions(object.metadata.resourceVersion, watch.newerThan) <= 0) return;
      const type = visibleType(watch, line);
      if (type !== undefined) writeLine(watch, type, object, line.sequence);
    },
    writeExisting(watch, object) {
      if (watch.scope(object)) writeLine(watch, 'ADDED', object, history.sequence());
    },
    deliver(line) {
      for (const watch of open) if (watch.resource === line.entry.resource) watches.write(watch, line);
    },
    cut(resource, how) {
      const ending = [...open].filter((watch) => watch.resource === resource);
      for (const watch of ending) watches.end(watch, how);
      return ending.length > 0;
    },
    end(watch, how) {
      open.delete(watch);
      if (how === 'expired') watch.stream.write(expiredLine);
      if (how === 'reset') watch.stream.destroy();
      else watch.stream.end();
    },
    endAll() {
      for (const watch of open) watches.end(watch, 'end');
    },
    sent: () => new Map(sent),
    linesWritten: () => linesWritten,
  };
  return watches;
}

/** An object that enters the view of a selector appears as ADDED, one that leaves it as DELETED. */
export function visibleType(watch: Pick<OpenWatch, 'scope' | 'bookmarks'>, { entry, previous }: HistoryLine): string | undefined {
  if (entry.type === 'BOOKMARK') return watch.bookmarks ? entry.type : undefined;
  const seesNow = watch.scope(entry.object);
  const sawBefore = previous !== undefined && watch.scope(previous);
  if (entry.type === 'DELETED') return seesNow || sawBefore ? 'DELETED' : undefined;
  if (seesNow) return previous !== undefined && !sawBefore ? 'ADDED' : entry.type;
  return sawBefore ? 'DELETED' : undefined;
}
