import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { KubeConfig } from '@kubernetes/client-node';

/** A cluster in which pods come, crash and go for as long as one likes, and which itself keeps nothing of it. */
export interface ChurningCluster {
  readonly url: string;
  readonly kubeConfig: KubeConfig;
  /** Version of the last line that went to each resource's watches. */
  readonly sent: ReadonlyMap<string, string>;
  /** One minute of this cluster, at its beginning. */
  minute(): void;
  /** Ends every watch: cleanly, with an expired version, or with its connection. */
  endWatches(how: 'end' | 'expired' | 'reset'): void;
  /** Until it is called again, lists answer 500. */
  failLists(failing: boolean): void;
  requests(): number;
  close(): Promise<void>;
}

interface Pod {
  readonly metadata: { namespace: string; name: string; uid: string; resourceVersion: string; creationTimestamp: string };
  readonly spec: object;
  readonly status: object;
}

const podsAMinute = 2;
const podsAlive = 40;
const env = [{ name: 'A', value: 'x'.repeat(500) }];
const limited = { name: 'app', image: 'shop/app:1', env, resources: { limits: { memory: '64Mi' } } };
const metricsRoot = '/apis/metrics.k8s.io/v1beta1';

export async function startChurningCluster(now: () => Date): Promise<ChurningCluster> {
  const pods = new Map<string, Pod>();
  const watches = new Map<ServerResponse, string>();
  const sent = new Map<string, string>();
  let version = 1000;
  let born = 0;
  let requests = 0;
  let failing = false;

  function write(resource: string, type: string, object: object): void {
    for (const [response, of] of watches) if (of === resource) response.write(`${JSON.stringify({ type, object })}\n`);
    sent.set(resource, String(version));
  }

  function change(name: string, at: string, status: object, type = 'MODIFIED'): void {
    version += 1;
    const uid = `uid-${name}`;
    const metadata = { namespace: 'shop', name, uid, resourceVersion: String(version), creationTimestamp: at };
    const spec = { nodeName: 'node-1', containers: [limited] };
    const pod = { metadata, spec, status };
    if (type === 'DELETED') pods.delete(name);
    else pods.set(name, pod);
    write('pods', type, pod);
  }

  function event(name: string, at: string): void {
    version += 1;
    const metadata = { namespace: 'shop', name: `${name}.${version}`, uid: `event-${version}`, resourceVersion: String(version) };
    const involvedObject = { kind: 'Pod', namespace: 'shop', name, uid: `uid-${name}`, fieldPath: 'spec.containers{app}' };
    const rest = { type: 'Warning', reason: 'BackOff', message: 'Back-off restarting failed container', count: 1, source: {} };
    write('events', 'ADDED', { metadata, involvedObject, ...rest, firstTimestamp: at, lastTimestamp: at });
  }

  function crash(name: string, at: string): void {
    const id = (attempt: number): string => `containerd://${name}-${attempt}`;
    const running = { running: { startedAt: at } };
    const finishedAt = new Date(Date.parse(at) + 5000).toISOString();
    const ended = { terminated: { exitCode: 1, reason: 'Error', containerID: id(0), startedAt: at, finishedAt } };
    const status = (container: object): object => ({
      phase: 'Running',
      containerStatuses: [{ name: 'app', image: 'shop/app:1', ...container }],
    });
    change(name, at, status({ restartCount: 0, containerID: id(0), ready: true, state: running }), 'ADDED');
    change(name, at, status({ restartCount: 0, containerID: id(0), ready: false, state: ended }));
    change(name, at, status({ restartCount: 1, containerID: id(1), ready: true, state: running, lastState: ended }));
    event(name, at);
  }

  function bookmark(resource: string): void {
    write(resource, 'BOOKMARK', { kind: 'X', metadata: { resourceVersion: String(version) } });
  }

  /** A new sample of every pod with every request. */
  function measured(): object[] {
    return [...pods.values()].map(({ metadata: { namespace, name } }) => ({
      metadata: { namespace, name },
      timestamp: now().toISOString(),
      containers: [{ name: 'app', usage: { memory: '60Mi' } }],
    }));
  }

  function answer(request: IncomingMessage, response: ServerResponse): void {
    requests += 1;
    request.resume();
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://cluster');
    if (pathname.startsWith(metricsRoot)) return void response.end(JSON.stringify({ items: measured() }));
    const [resource = '', name = ''] = pathname.split('/').toReversed();
    const json = (status: number, body: object): void => void response.writeHead(status).end(JSON.stringify(body));
    if (request.method === 'POST') return json(202, {});
    if (pathname === '/version') return json(200, {});
    if (resource === 'log') return void response.end(`${pods.get(name)?.metadata.creationTimestamp} ${name} says its last words\n`);
    if (searchParams.get('watch') === 'true') {
      watches.set(response, resource);
      response.once('close', () => watches.delete(response));
      response.writeHead(200).flushHeaders();
      return;
    }
    const pod = pods.get(resource);
    if (pod !== undefined) return json(200, pod);
    if (!resource.endsWith('s')) return json(404, { message: `"${resource}" not found` });
    if (failing) return json(500, { message: 'etcdserver: request timed out' });
    sent.set(resource, String(version));
    json(200, { metadata: { resourceVersion: String(version) }, items: resource === 'pods' ? [...pods.values()] : [] });
  }

  const server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser({ name: 'c', server: url, skipTLSVerify: true }, { name: 'u' });
  return {
    url,
    kubeConfig,
    sent,
    minute() {
      const at = now().toISOString();
      for (let one = 0; one < podsAMinute; one++) crash(`app-${(born += 1)}`, at);
      for (const [name] of [...pods].slice(0, Math.max(0, pods.size - podsAlive))) change(name, at, {}, 'DELETED');
      for (const resource of new Set(watches.values())) if (resource !== 'events') bookmark(resource);
    },
    endWatches(how) {
      for (const response of watches.keys()) {
        if (how === 'expired') response.write(`${JSON.stringify({ type: 'ERROR', object: { code: 410, message: 'too old' } })}\n`);
        if (how === 'reset') response.destroy();
        else response.end();
      }
    },
    failLists(isFailing) {
      failing = isFailing;
    },
    requests: () => requests,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}
