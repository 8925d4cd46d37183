import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MortemError } from '#core/errors.ts';
import type { Clock } from '#core/ports.ts';
import { failure } from './api-status.ts';
import type { FaultHook } from './fault.ts';
import { firstLists } from './first-lists.ts';
import { createListPages } from './list-pages.ts';
import { logAnswersOf } from './log-answers.ts';
import { createObjectStore } from './object-store.ts';
import { createObserverReaction, type ObserverReaction } from './observer-reaction.ts';
import { createOpenWatches } from './open-watches.ts';
import type { Recording, WatchEntry } from './recording.ts';
import { builtInResources, recordedResource, type ApiResource } from './resource-path.ts';
import { compareVersions, newestVersion, oldestVersion } from './resource-version.ts';
import { createResponseWriter } from './response-writer.ts';
import { routeRequest } from './route-request.ts';
import type { MeasureMemory } from './usage-endpoint.ts';
import type { WatchCut } from './watch-cuts.ts';
import { createWatchHistory, type WatchHistory } from './watch-history.ts';

export interface ApiServerOptions {
  readonly recordings: readonly Recording[];
  readonly clock: Clock;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly fault?: FaultHook;
  /** As after a restart at this moment: older versions have left the watch cache. */
  readonly restartedAt?: Date;
  /** Makes up what `metrics.k8s.io` says; undefined: the cluster has none, as those that were recorded. */
  readonly measure?: MeasureMemory;
}

/** A Kubernetes API over HTTP on the loopback interface whose world changes only through `seed`, `emit` and `cut`. */
export interface ApiServer {
  readonly url: string;
  readonly reaction: ObserverReaction;
  /** Puts an object there without telling anybody: it was there before. */
  seed(entry: WatchEntry): void;
  /** Applies a line and sends it to the open watches that want it. */
  emit(entry: WatchEntry): void;
  /** Ends the open watches of a resource. */
  cut(cut: WatchCut): void;
  /** Resource plural → resourceVersion of the last line written whole to an open watch. */
  sent(): ReadonlyMap<string, string>;
  /** How many lines that were so far. */
  linesWritten(): number;
  /** Breaks every connection, as a SIGKILL does. */
  close(): Promise<void>;
  /** Takes no new connection and ends the open watches cleanly, as after a SIGTERM. */
  shutDown(): Promise<void>;
}

/** @throws {MortemError} `conflict` when the port is taken */
export async function startApiServer({ recordings, clock, port = 0, fault, restartedAt, measure }: ApiServerOptions): Promise<ApiServer> {
  const store = createObjectStore();
  const history = restartedAt === undefined ? historyOf(recordings) : historyFrom(recordings, restartedAt);
  const watches = createOpenWatches(history);
  const reaction = createObserverReaction();
  const answers = recordings.flatMap(logAnswersOf);
  const world = {
    store,
    history,
    watches,
    reaction,
    answers,
    clock,
    pages: createListPages(),
    resources: resourcesOf(recordings),
    measure,
  };

  let isShuttingDown = false;

  function handle(request: IncomingMessage, response: ServerResponse): void {
    request.resume();
    response.once('finish', () => void (isShuttingDown && request.socket.end()));
    const url = URL.parse(request.url ?? '/', 'http://replay');
    if (url === null) return createResponseWriter(response).answer(failure(400, 'the path of the request is not valid'));
    const asked = { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams };
    const wrong = fault?.(asked);
    if (wrong === 'hang') return;
    if (wrong === 'destroy') return void response.destroy();
    if (wrong !== undefined && 'status' in wrong) return createResponseWriter(response).answer({ body: '', ...wrong });
    routeRequest(world, asked, createResponseWriter(response, wrong?.cutAfterBytes));
  }

  const server = createServer(handle);
  // An idle connection that closes by real time would fail a request now and then: a replay has no real time.
  server.keepAliveTimeout = 0;
  await listenOn(server, port);
  return {
    url: `http://127.0.0.1:${portOf(server.address())}`,
    reaction,
    seed: (entry) => void store.apply(entry),
    emit(entry) {
      const { previous, unchanged } = store.apply(entry);
      if (!unchanged) watches.deliver(history.append(entry, previous));
    },
    cut({ resource, how }) {
      if (watches.cut(resource, how)) reaction.ended(resource);
    },
    sent: () => watches.sent(),
    linesWritten: () => watches.linesWritten(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    shutDown: () =>
      new Promise((resolve) => {
        isShuttingDown = true;
        server.close(() => resolve());
        watches.endAll();
      }),
  };
}

function listenOn(server: Server, port: number): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(new MortemError('conflict', `port ${port} on 127.0.0.1 cannot be used; name a free one`, { cause: error }));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new MortemError('internal', 'the replay server listens on no port');
  return address.port;
}

function historyOf(recordings: readonly Recording[]): WatchHistory {
  const lists = recordings.flatMap(firstLists);
  const entries = recordings.flatMap((recording) => recording.entries);
  const versions = [...new Set(lists.map((list) => list.resource))].map(
    (resource) => [resource, oldestVersion(lists.filter((list) => list.resource === resource).map((list) => list.version)) ?? '1'] as const,
  );
  // Without a recorded list, the version just before the first change.
  const firstChange = oldestVersion(entries.map((entry) => entry.object.metadata.resourceVersion)) ?? '2';
  const initial = lists.length > 0 ? newestVersion(lists.map((list) => list.version)) : String(BigInt(firstChange) - 1n);
  return createWatchHistory(initial, new Map(versions));
}

/** Nothing that was handed out before is known any more, and what is older than the newest of then is gone. */
function historyFrom(recordings: readonly Recording[], restartedAt: Date): WatchHistory {
  const isPast = ({ at }: { readonly at: number }): boolean => at <= restartedAt.getTime();
  const listed = recordings.flatMap(firstLists).filter(isPast);
  const changes = recordings.flatMap(({ entries }) => entries.filter(isPast)).toSorted((a, b) => a.at - b.at);
  const begin = newestVersion([...listed.map(({ version }) => version), '1']);
  return createWatchHistory(
    changes.reduce((version, { object }) => versionAfter(version, object.metadata.resourceVersion), begin),
    new Map(),
  );
}

/**
 * Recorders of several resources do not write in the order of the versions. Each change makes a new one all the same: a watch that is
 * resumed at a version that was handed out before the change must hear that it has expired.
 */
function versionAfter(before: string, changed: string): string {
  return compareVersions(changed, before) > 0 ? changed : String(BigInt(before) + 1n);
}

function resourcesOf(recordings: readonly Recording[]): readonly ApiResource[] {
  const known = new Set(builtInResources.map((resource) => `${resource.apiVersion} ${resource.plural}`));
  const recorded = new Map<string, ApiResource>();
  for (const { resource, object } of recordings.flatMap((recording) => recording.entries)) {
    const key = `${object.apiVersion} ${resource}`;
    if (!known.has(key) && object.metadata.name !== undefined) recorded.set(key, recordedResource(resource, object));
  }
  return [...builtInResources, ...recorded.values()];
}
