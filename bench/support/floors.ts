import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import BetterSqlite from 'better-sqlite3';
import { Hono } from 'hono';
import { Client } from 'pg';
import { observation, type Observation } from '#core/wire/observation.ts';
import { observationKey } from '../../db/observation-key.ts';
import { sendAll, type SentBatch } from './batches.ts';
import { listen } from './listen.ts';

const inflate = promisify(gunzip);

function parse(body: Uint8Array): Observation[] {
  const lines = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8').split('\n');
  return lines.flatMap((line) => (line === '' ? [] : [observation.parse(JSON.parse(line))]));
}

/** Seconds for gunzip + JSON.parse + zod + fsync of the body, behind a Hono route. */
export async function acceptFloor(directory: string, batches: readonly SentBatch[], senders: number): Promise<number> {
  const file = await open(join(directory, 'floor.bin'), 'a');
  const app = new Hono().post('/v1/observations', async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const accepted = parse(await inflate(body)).length;
    await file.write(body);
    await file.sync();
    return c.json({ accepted }, 202);
  });
  const server = await listen(app.fetch);
  const start = performance.now();
  await sendAll(`${server.url}/v1/observations`, 'none', batches, senders);
  const seconds = (performance.now() - start) / 1000;
  await server.close();
  await file.close();
  return seconds;
}

const createTable =
  'create table observations (cluster text, key text, kind text, namespace text, observed_at bigint, body text, primary key (cluster, key))';

function rowOf(item: Observation): readonly (string | number)[] {
  const namespace = 'namespace' in item ? (item.namespace ?? '') : '';
  return ['bench', observationKey(item), item.kind, namespace, Date.parse(item.observedAt), JSON.stringify(item)];
}

/** See `Engine.insertFloor`. */
export function sqliteInsertFloor(path: string, batches: readonly SentBatch[]): number {
  const client = new BetterSqlite(path);
  client.pragma('journal_mode = wal');
  client.pragma('synchronous = full');
  client.exec(createTable);
  const insert = client.prepare('insert into observations values (?, ?, ?, ?, ?, ?)');
  const insertAll = client.transaction((items: readonly Observation[]) => {
    for (const item of items) insert.run(...rowOf(item));
  });
  const start = performance.now();
  for (const { body } of batches) insertAll(parse(gunzipSync(body)));
  const seconds = (performance.now() - start) / 1000;
  client.close();
  return seconds;
}

/** See `Engine.insertFloor`; the rows of a batch go in one statement, as a row a statement would mean a round trip a row. */
export async function postgresInsertFloor(url: string, batches: readonly SentBatch[]): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(createTable);
  const start = performance.now();
  for (const { body } of batches) {
    const rows = parse(gunzipSync(body)).map(rowOf);
    await client.query({ name: `insert_${rows.length}`, text: insertStatement(rows), values: rows.flat() });
  }
  const seconds = (performance.now() - start) / 1000;
  await client.end();
  return seconds;
}

function insertStatement(rows: readonly (readonly unknown[])[]): string {
  const tuples = rows.map((row, index) => `(${row.map((_, column) => `$${index * row.length + column + 1}`).join(',')})`);
  return `insert into observations values ${tuples.join(',')}`;
}
