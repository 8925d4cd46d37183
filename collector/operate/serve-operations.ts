import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from '#core/ports.ts';
import { MortemError } from '#core/errors.ts';
import type { CollectorMetrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

export interface OperationsOptions {
  /** Undefined: all addresses of the machine. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly metrics: CollectorMetrics;
  readonly readiness: () => Readiness;
  readonly logger: Logger;
}

export interface OperationsServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * `/metrics` for Prometheus, `/healthz` (the process lives), `/readyz` (it sees what it was told to watch). Nothing that was
 * observed is shown.
 *
 * @throws {MortemError} `usage` when the address cannot be listened on
 */
export async function serveOperations(options: OperationsOptions): Promise<OperationsServer> {
  const server = createServer((request, response) => void answer(options, request, response));
  const port = await listen(server, options);
  return {
    port,
    close() {
      // A scraper's idle connection would hold the process after everything is shipped.
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

async function answer(
  { metrics, readiness, logger }: OperationsOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  request.resume();
  const path = URL.parse(request.url ?? '/', 'http://collector')?.pathname;
  if (request.method !== 'GET' && request.method !== 'HEAD') return text(response, 405, 'Only GET is served here.');
  switch (path) {
    case '/healthz':
      return text(response, 200, 'ok');
    case '/readyz': {
      const state = readiness();
      return state.ready ? text(response, 200, 'ok') : text(response, 503, state.detail);
    }
    case '/metrics':
      try {
        return text(response, 200, await metrics.render(), metrics.contentType);
      } catch (error) {
        logger.error('metrics-not-rendered', { error: error instanceof Error ? error.message : String(error) });
        return text(response, 500, 'The metrics could not be rendered; the log says why.');
      }
    default:
      return text(response, 404, 'Served here: /metrics, /healthz, /readyz.');
  }
}

function text(response: ServerResponse, status: number, body: string, contentType = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(body.endsWith('\n') ? body : `${body}\n`);
}

function listen(server: Server, { host, port }: OperationsOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const where = `${host ?? ''}:${port}`;
      reject(new MortemError('usage', `Cannot listen on ${where}: ${error.message}. Choose another with --listen.`, { cause: error }));
    });
    server.listen({ port, ...(host !== undefined && { host }) }, () => {
      const address = server.address();
      resolve(address === null || typeof address === 'string' ? port : address.port);
    });
  });
}
