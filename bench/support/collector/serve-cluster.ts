import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { generate } from 'selfsigned';
import { tell, told, type Storm } from './messages.ts';
import { createSyntheticCluster, type SyntheticCluster } from './synthetic-cluster.ts';
import { createSyntheticUsage, type SyntheticUsage } from './synthetic-usage.ts';

const logLine = '2026-11-22T12:10:00.123456789Z {"level":"info","msg":"request served","path":"/orders/17","ms":12}\n';
const log = logLine.repeat(200);

/**
 * A synthetic Kubernetes API over TLS, and a mortem server that takes everything, in a process of their own. Driven by messages
 * of the parent: `storm` sends so many changes to the open pod watch. `isMeasured`: it has metrics.k8s.io.
 */
export async function serveCluster(pods: number, isMeasured: boolean): Promise<void> {
  const cluster = createSyntheticCluster(pods);
  const usage = isMeasured ? createSyntheticUsage(pods, (slot) => cluster.generationOf(slot)) : undefined;
  const { cert, private: key } = await generate([{ name: 'commonName', value: '127.0.0.1' }], {
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 7, ip: '127.0.0.1' }] }],
  });
  const watches = new Set<ServerResponse>();
  const api = createServer({ cert, key }, (request, response) => answer({ cluster, watches, usage }, request, response));
  const taken = { observations: 0, newest: '' };
  const sink = createHttpServer((request, response) => void take(taken, request, response));
  tell({ kind: 'serving', apiPort: await listen(api), sinkPort: await listen(sink), cert });
  for await (const message of told()) {
    if (message.kind === 'storm') {
      await storm(cluster, watches, message);
      tell({ kind: 'stormed', resourceVersion: cluster.resourceVersion() });
    } else if (message.kind === 'ask') tell({ kind: 'taken', ...taken, watches: watches.size });
  }
}

interface Served {
  readonly cluster: SyntheticCluster;
  readonly watches: Set<ServerResponse>;
  readonly usage: SyntheticUsage | undefined;
}

function answer({ cluster, watches, usage }: Served, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'https://127.0.0.1');
  if (pathname === '/version') return json(response, { gitVersion: 'v1.36.2' });
  if (pathname.endsWith('/log')) return void response.end(log);
  const measured = usage?.answer(pathname);
  if (measured !== undefined) return json(response, measured);
  const plural = pathname.split('/').at(-1) ?? '';
  if (searchParams.get('watch') === 'true') return openWatch(plural === 'pods' ? watches : undefined, searchParams, response);
  const { count = 0, json: jsonOf } = cluster.resources.get(plural) ?? {};
  if (jsonOf === undefined && !['statefulsets', 'daemonsets', 'jobs', 'cronjobs'].includes(plural)) {
    response.statusCode = 404;
    return json(response, { kind: 'Status', code: 404, message: `${pathname} not found` });
  }
  const from = Number(searchParams.get('continue') ?? 0);
  const to = Math.min(count, from + Number(searchParams.get('limit') ?? count));
  const items = Array.from({ length: to - from }, (_, index) => jsonOf?.(from + index) ?? '{}').join(',');
  const left = to < count && { continue: String(to), remainingItemCount: count - to };
  const metadata = JSON.stringify({ resourceVersion: cluster.resourceVersion(), ...left });
  response.setHeader('content-type', 'application/json');
  response.end(`{"kind":"List","apiVersion":"v1","metadata":${metadata},"items":[${items}]}`);
}

function json(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

/** As a real one, the server ends each watch at its time-out. */
function openWatch(watches: Set<ServerResponse> | undefined, asked: URLSearchParams, response: ServerResponse): void {
  response.setHeader('content-type', 'application/json');
  response.flushHeaders();
  watches?.add(response);
  const timer = setTimeout(() => response.end(), Number(asked.get('timeoutSeconds') ?? 3600) * 1000);
  response.on('close', () => {
    clearTimeout(timer);
    watches?.delete(response);
  });
}

/** Evenly over time, in steps of ten milliseconds: a watch is a trickle, and each change comes as its own record. */
async function storm(cluster: SyntheticCluster, watches: Set<ServerResponse>, { what, changes, perSecond }: Storm): Promise<void> {
  const start = performance.now();
  for (let sent = 0; sent < changes;) {
    const due = Math.min(changes, Math.floor(((performance.now() - start) / 1000) * perSecond));
    for (; sent < due; sent += 1) {
      const line = `${what === 'rollout' ? cluster.nextChange() : cluster.nextTouch()}\n`;
      for (const watch of watches) if (!watch.write(line)) await once(watch, 'drain');
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function take(taken: { observations: number; newest: string }, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const lines = gunzipSync(Buffer.concat(chunks)).toString('utf8').trimEnd().split('\n');
  taken.observations += lines.length;
  for (const line of lines) {
    const version = line.startsWith('{"kind":"pod"') ? (/"resourceVersion":"(\d+)"/.exec(line)?.[1] ?? '') : '';
    if (Number(version) > Number(taken.newest)) taken.newest = version;
  }
  response.statusCode = 202;
  json(response, { batch: request.headers['mortem-batch'], accepted: lines.length, duplicates: 0, rejected: [] });
}

async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
