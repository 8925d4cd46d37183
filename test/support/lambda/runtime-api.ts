import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What became of an invocation. */
export type Outcome = { readonly kind: 'answered'; readonly payload: unknown } | { readonly kind: 'failed'; readonly error: unknown };

export interface RuntimeApi {
  /** `host:port`, for AWS_LAMBDA_RUNTIME_API. */
  readonly address: string;
  invoke(event: unknown): Promise<Outcome>;
  /** Whatever the bootstrap says about a start that failed. */
  readonly initError: Promise<unknown>;
  /** Ends invocations that nobody will answer any more. */
  abandon(reason: string): void;
  close(): Promise<void>;
}

interface Invocation {
  readonly id: string;
  readonly event: unknown;
  readonly settle: (outcome: Outcome) => void;
}

/** The Runtime API of Lambda, 2018-06-01: the bootstrap asks for the next event, and says what came of it. */
export async function startRuntimeApi(): Promise<RuntimeApi> {
  const waiting: Invocation[] = [];
  const running = new Map<string, Invocation>();
  const asking: ServerResponse[] = [];
  const initFailed = Promise.withResolvers<unknown>();
  let count = 0;

  function match(): void {
    while (asking.length > 0 && waiting.length > 0) hand(asking.shift()!, waiting.shift()!);
  }

  function hand(response: ServerResponse, invocation: Invocation): void {
    running.set(invocation.id, invocation);
    response.writeHead(200, {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': invocation.id,
      'lambda-runtime-deadline-ms': String(Date.now() + 30_000),
      'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:eu-central-1:111122223333:function:mortem-test',
      'lambda-runtime-trace-id': 'Root=1-5e6722a7-cc56xmpl46db7ae02d4da47e',
    });
    response.end(JSON.stringify(invocation.event));
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, , , what, id = '', result] = (request.url ?? '').split('/');
    if (request.method === 'GET') {
      asking.push(response);
      match();
      return;
    }
    const content = await json(request);
    response.writeHead(202).end('{}');
    if (what === 'init') return initFailed.resolve(content);
    running.get(id)?.settle(result === 'response' ? { kind: 'answered', payload: content } : { kind: 'failed', error: content });
    running.delete(id);
  }

  const server = createServer((request, response) => void serve(request, response));
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    invoke(event) {
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      count += 1;
      waiting.push({ id: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`, event, settle: resolve });
      match();
      return promise;
    },
    initError: initFailed.promise,
    abandon(reason) {
      for (const { settle } of [...running.values(), ...waiting.splice(0)]) settle({ kind: 'failed', error: reason });
      running.clear();
      asking.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
