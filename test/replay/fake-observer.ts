import type { Clock } from '#core/ports.ts';
import { brief, openWatchClient, sentList, type SentObject, type WatchClient } from './watch-client.ts';

/** The least an observer does: lists and watches, fetches logs of the dead, beats once in a while, and says when it is quiet. */
export interface FakeObserver {
  /** Everything it noticed, each with the virtual time at which it did. */
  readonly diary: readonly string[];
  quiet(sent: ReadonlyMap<string, string>): Promise<void>;
  stop(): void;
}

export interface FakeObserverOptions {
  readonly url: string;
  readonly clock: Clock;
  /** Paths of the resources it watches. */
  readonly watches: readonly string[];
  readonly timeoutSeconds?: number;
  readonly beatEveryMs?: number;
  /** Virtual milliseconds between the end of a watch and the next. */
  readonly backoffMs?: number;
}

export function startFakeObserver(options: FakeObserverOptions): FakeObserver {
  const { url, clock, watches, timeoutSeconds, beatEveryMs, backoffMs = 0 } = options;
  const diary: string[] = [];
  const handled = new Map<string, Set<string>>();
  const stopping = new AbortController();
  const clients = new Set<WatchClient>();
  let inFlight = 0;
  let waiting: readonly (() => void)[] = [];

  const note = (text: string) => diary.push(`${clock.now().toISOString()} ${text}`);
  const stir = () => {
    for (const resolve of waiting) resolve();
    waiting = [];
  };
  const busy = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    inFlight += 1;
    try {
      return await work();
    } finally {
      inFlight -= 1;
      stir();
    }
  };

  async function follow(path: string): Promise<void> {
    const resource = path.split('/').at(-1)!;
    handled.set(resource, new Set());
    let version = '';
    while (!stopping.signal.aborted) {
      // List and watch are one piece of work: quiet in between, and the next line would come too early.
      const client = await busy(async () => {
        if (version === '') version = await list(path, resource);
        const query = `watch=1&resourceVersion=${version}&allowWatchBookmarks=true&timeoutSeconds=${timeoutSeconds ?? 3600}`;
        return openWatchClient(`${url}${path}?${query}`);
      });
      clients.add(client);
      version = await readAll(client, resource, version);
      clients.delete(client);
      await clock.sleep(backoffMs, stopping.signal);
    }
  }

  async function list(path: string, resource: string): Promise<string> {
    const answer = sentList.parse(await (await fetch(`${url}${path}`)).json());
    note(`${resource} LIST ${answer.items.map((item) => item.metadata.name).join(' ')}`);
    return answer.metadata.resourceVersion;
  }

  /** Returns the version to go on from; empty after a 410. */
  async function readAll(client: WatchClient, resource: string, from: string): Promise<string> {
    let version = from;
    for (let line = await client.next(); ; line = await client.next()) {
      if (stopping.signal.aborted) return version;
      if (line === 'end' || line === 'broken') {
        note(`${resource} ${line}`);
        return version;
      }
      if ('partial' in line) continue;
      if (line.type === 'ERROR') {
        note(`${resource} ${String(line.object.code)}`);
        version = '';
        continue;
      }
      note(`${resource} ${brief(line)}`);
      await fetchLogs(line.object);
      version = line.object.metadata.resourceVersion ?? '';
      handled.get(resource)!.add(version);
      stir();
    }
  }

  async function fetchLogs(object: SentObject): Promise<void> {
    if (object.status === undefined || typeof object.status === 'string') return;
    for (const status of object.status.containerStatuses ?? []) {
      if (status.state.terminated === undefined) continue;
      const path = `/api/v1/namespaces/${object.metadata.namespace}/pods/${object.metadata.name}/log?container=${status.name}`;
      const answer = await busy(() =>
        fetch(`${url}${path}`).then(async (response) => `${response.status} ${(await response.text()).length}`),
      );
      note(`log of ${status.name}#${status.restartCount}: ${answer}`);
    }
  }

  async function beat(everyMs: number): Promise<void> {
    while (!stopping.signal.aborted) {
      note('beat');
      await clock.sleep(everyMs, stopping.signal);
    }
  }

  const unlessStopped = (error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  };
  for (const path of watches) void follow(path).catch(unlessStopped);
  if (beatEveryMs !== undefined) void beat(beatEveryMs);

  return {
    diary,
    async quiet(sent) {
      const behind = () => [...sent].some(([resource, version]) => handled.get(resource)?.has(version) === false);
      const isBusy = () => inFlight > 0 || behind();
      while (isBusy()) await new Promise<void>((resolve) => (waiting = [...waiting, resolve]));
    },
    stop() {
      stopping.abort();
      for (const client of clients) client.close();
    },
  };
}
