import type { Clock } from '#core/ports.ts';
import { failure } from './api-status.ts';
import { parseScope } from './object-scope.ts';
import type { ObjectStore } from './object-store.ts';
import type { ObserverReaction } from './observer-reaction.ts';
import { expiredLine, type OpenWatch, type OpenWatches } from './open-watches.ts';
import { isTrue } from './query-flag.ts';
import type { ResourcePath } from './resource-path.ts';
import type { ResponseWriter } from './response-writer.ts';
import type { WatchHistory } from './watch-history.ts';

export interface WatchDependencies {
  readonly store: ObjectStore;
  readonly history: WatchHistory;
  readonly watches: OpenWatches;
  readonly reaction: ObserverReaction;
  readonly clock: Clock;
}

/** Opens a watch: what was missed first, then each line as it is played, until it is cut or `timeoutSeconds` of virtual time pass. */
export function openWatch(
  dependencies: WatchDependencies,
  path: ResourcePath & { readonly target: 'collection' },
  query: URLSearchParams,
  writer: ResponseWriter,
): void {
  const { history, watches, reaction } = dependencies;
  const { plural } = path.resource;
  const parsed = parseScope(path.namespace, query);
  if (!parsed.ok) return writer.answer(failure(400, parsed.message));
  if (isTrue(query, 'sendInitialEvents')) {
    return writer.answer(failure(422, 'sendInitialEvents: Forbidden: a replayed watch begins from a list'));
  }
  const timeout = query.get('timeoutSeconds') ?? '';
  if (!/^\d{0,9}$/.test(timeout)) return writer.answer(failure(400, `invalid timeoutSeconds: '${timeout}'`));
  const version = query.get('resourceVersion') ?? '';
  const fromNow = version === '' || version === '0';
  const start = fromNow ? { kind: 'from' as const, sequence: history.sequence() } : history.start(plural, version);
  if (start.kind === 'malformed') return writer.answer(failure(500, `strconv.ParseUint: parsing "${version}": invalid syntax`));

  const closed = new AbortController();
  const stream = writer.openStream({
    closed() {
      watches.remove(watch);
      closed.abort();
    },
    cut: () => reaction.ended(plural),
  });
  const watch: OpenWatch = {
    resource: plural,
    scope: parsed.scope,
    bookmarks: isTrue(query, 'allowWatchBookmarks'),
    stream,
    ...('newerThan' in start ? { newerThan: start.newerThan } : {}),
  };
  if (start.kind === 'expired') {
    reaction.ended(plural);
    stream.write(expiredLine);
    return stream.end();
  }
  if (fromNow) for (const object of dependencies.store.list(plural)) watches.writeExisting(watch, object);
  for (const line of history.since(plural, start.sequence)) watches.write(watch, line);
  watches.add(watch);
  if (timeout !== '' && timeout !== '0') void endAfter(dependencies, watch, Number(timeout) * 1000, closed.signal);
}

async function endAfter({ clock, watches, reaction }: WatchDependencies, watch: OpenWatch, ms: number, closed: AbortSignal): Promise<void> {
  await clock.sleep(ms, closed);
  if (closed.aborted) return;
  reaction.ended(watch.resource);
  watches.end(watch, 'end');
}
