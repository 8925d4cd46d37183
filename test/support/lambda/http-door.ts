import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { httpEvent, type Door } from './http-event.ts';
import type { RunningFunction } from './start-function.ts';

interface Answer {
  readonly statusCode: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
}

/** An HTTP API or a Function URL: turns requests into events for the function, and its answers into responses. */
export async function openDoor(
  door: Door,
  http: () => Pick<RunningFunction, 'invoke'>,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    void (async () => {
      const body = await buffer(request);
      const { pathname, search } = new URL(request.url ?? '/', 'http://door');
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      const event = httpEvent(door, {
        method: request.method ?? 'GET',
        path: pathname,
        query: search.slice(1),
        headers,
        ...(body.length > 0 && { body }),
      });
      const outcome = await http().invoke(event);
      if (outcome.kind === 'failed') {
        response.writeHead(500, { 'content-type': 'application/json' }).end('{"message":"Internal Server Error"}');
        return;
      }
      const answer = outcome.payload as Answer;
      const content = Buffer.from(answer.body ?? '', answer.isBase64Encoded === true ? 'base64' : 'utf8');
      response.writeHead(answer.statusCode, answer.headers).end(content);
    })();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
