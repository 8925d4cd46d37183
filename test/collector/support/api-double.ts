import { createServer, type ServerResponse } from 'node:http';
import { KubeConfig } from '@kubernetes/client-node';

export interface Asked {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** An HTTP server on loopback that answers as the test says, and remembers what it was asked. */
export interface ApiDouble {
  readonly url: string;
  readonly kubeConfig: KubeConfig;
  readonly asked: readonly Asked[];
  /** Resolves when at least so many requests have come. */
  requests(count: number): Promise<void>;
  close(): Promise<void>;
}

export type Respond = (asked: Asked, response: ServerResponse) => void;

export async function startApiDouble(respond: Respond): Promise<ApiDouble> {
  const asked: Asked[] = [];
  let waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://double');
    const seen = { path: url.pathname, query: Object.fromEntries(url.searchParams), headers: request.headers };
    asked.push(seen);
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
    respond(seen, response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser({ name: 'double', server: url, skipTLSVerify: true }, { name: 'nobody', token: 'opaque' });
  return {
    url,
    kubeConfig,
    asked,
    async requests(count) {
      while (asked.length < count) await new Promise<void>((resolve) => void waiting.push(resolve));
    },
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

export function sendJson(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** An error as the API server sends it. */
export function sendStatus(response: ServerResponse, code: number, message: string, headers: Readonly<Record<string, string>> = {}): void {
  sendJson(response, code, { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code }, headers);
}

/** Begins a watch: the head goes out at once. */
export function openWatch(response: ServerResponse): {
  line(type: string, object: unknown): void;
  raw(text: string): void;
  end(): void;
  reset(): void;
} {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.flushHeaders();
  return {
    line: (type, object) => void response.write(`${JSON.stringify({ type, object })}\n`),
    raw: (text) => void response.write(text),
    end: () => void response.end(),
    reset: () => void response.destroy(),
  };
}
