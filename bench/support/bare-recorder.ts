import { once } from 'node:events';
import { get } from 'node:http';
import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { Hono } from 'hono';
import { listen } from './listen.ts';

export interface BareRecorder {
  readonly url: string;
  close(): Promise<void>;
}

/** The least that brings a death from a watch into a queryable store: read a line, POST it, insert it durably, SELECT it. */
export async function startBareRecorder(directory: string, kubernetes: string): Promise<BareRecorder> {
  const client = new BetterSqlite(join(directory, 'bare.db'));
  client.pragma('journal_mode = wal');
  client.pragma('synchronous = full');
  client.exec('create table deaths (pod text primary key, body text)');
  const insert = client.prepare('insert or ignore into deaths values (?, ?)');
  const select = client.prepare('select pod from deaths where pod = ?');
  const app = new Hono()
    .post('/deaths/:pod', async (c) => {
      insert.run(c.req.param('pod'), await c.req.text());
      return c.body(null, 202);
    })
    .get('/deaths/:pod', (c) => c.json({ items: select.all(c.req.param('pod')) }));
  const server = await listen(app.fetch);
  const forward = (line: string): void => {
    const name = /"name":"([^"]+)"/.exec(line)?.[1] ?? '';
    if (line.includes('"state":{"terminated"')) void fetch(`${server.url}/deaths/${name}`, { method: 'POST', body: line });
  };
  const watch = get(`${kubernetes}/api/v1/pods?watch=true`, (lines) => {
    let rest = '';
    lines.setEncoding('utf8').on('data', (text: string) => {
      const read = `${rest}${text}`.split('\n');
      rest = read.pop() ?? '';
      for (const line of read) forward(line);
    });
    // Cut at the end, on purpose.
    lines.on('error', () => undefined);
  });
  await once(watch, 'response');
  return {
    url: server.url,
    async close() {
      watch.destroy();
      await server.close();
      client.close();
    },
  };
}
