import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { Observation } from '#core/wire/observation.ts';

export interface FlakyEndpoint {
  readonly url: string;
  /** Observations of the batches that the server behind has acknowledged, whether the collector heard of it or not. */
  readonly stored: readonly Observation[];
  /** How often it did which wrong. */
  readonly faults: Readonly<Record<string, number>>;
  /** From now on it fails no more. */
  heal(): void;
  close(): Promise<void>;
}

const ways = ['500', '429', 'cut before', 'cut after'];

/** Stands before a real server and fails at random: refuses, cuts the connection before it passes a batch on, or after. */
export async function startFlakyEndpoint(server: string, random: () => number): Promise<FlakyEndpoint> {
  const stored: Observation[] = [];
  const faults: Record<string, number> = {};
  let isHealed = false;
  let asked = 0;

  /** Every second request fails, in a random way: a short run has few of them. */
  function fault(): string {
    asked += 1;
    const name = isHealed || asked % 2 === 0 ? 'none' : (ways[Math.floor(random() * ways.length)] ?? 'none');
    faults[name] = (faults[name] ?? 0) + 1;
    return name;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const drawn = fault();
    if (drawn === 'cut before') return void response.destroy();
    const body = Buffer.concat(await request.toArray());
    if (drawn === '500' || drawn === '429') return void response.writeHead(Number(drawn), { 'retry-after': '0' }).end('{"error":"chaos"}');
    const headers = Object.entries(request.headers).filter(
      ([name]) => /^(?:authorization|content-|mortem-)/.test(name) && name !== 'content-length',
    );
    const passed = await fetch(`${server}${request.url}`, {
      method: 'POST',
      headers: headers.map(([name, value]) => [name, String(value)]),
      body,
    });
    const said = await passed.text();
    if (passed.status === 202)
      stored.push(
        ...gunzipSync(body)
          .toString('utf8')
          .trimEnd()
          .split('\n')
          .map((line): Observation => JSON.parse(line)),
      );
    if (drawn === 'cut after') return void response.destroy();
    response.writeHead(passed.status, { 'content-type': 'application/json' }).end(said);
  }

  const listener = createServer((request, response) => {
    // A collector that is killed in the middle of a batch breaks the connection here.
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => void listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    stored,
    faults,
    heal() {
      isHealed = true;
    },
    close() {
      listener.closeAllConnections();
      return new Promise((resolve) => void listener.close(() => resolve()));
    },
  };
}
