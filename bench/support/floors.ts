import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gunzipSync } from 'node:zlib';
import BetterSqlite from 'better-sqlite3';
import { Hono } from 'hono';
import { Client } from 'pg';
import { observation, type Observation } from '#core/wire/observation.ts';
import { rowOf } from '../../db/store-observations.ts';
import { observationKey } from '../../db/observation-key.ts';
import { sendAll, type SentBatch } from './batches.ts';
import { listen } from './listen.ts';
import type { Meter } from './meter.ts';

const inflate = promisify(gunzip);

export interface FloorRun {
  readonly directory: string;
  readonly batches: readonly SentBatch[];
  readonly meter: Meter;
}

function parse(body: Uint8Array): Observation[] {
  const lines = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8').split('\n');
  return lines.flatMap((line) => (line === '' ? [] : [observation.parse(JSON.parse(line))]));
}

/** Seconds for gunzip + JSON.parse + zod + fsync of the body, behind a Hono route. */
export async function acceptFloor({ directory, batches, senders, meter }: FloorRun & { readonly senders: number }): Promise<number> {
  const file = await open(join(directory, 'floor.bin'), 'a');
  const app = new Hono().post('/v1/observations', async (c) => {
    const body = new Uint8Array(await c.req.arrayBuffer());
    const accepted = parse(await inflate(body)).length;
    await file.write(body);
    await file.sync();
    return c.json({ accepted }, 202);
  });
  const server = await listen(app.fetch);
  const start = meter();
  await sendAll(`${server.url}/v1/observations`, 'none', batches, senders);
  const seconds = meter() - start;
  await server.close();
  await file.close();
  return seconds;
}

/** The columns of mortem's own table and its primary key; no other index. */
const createTable = (text: string): string =>
  `create table observations (cluster ${text}, key ${text}, kind ${text}, namespace ${text}, subject ${text}, observed_at bigint,
    hour bigint, evidence ${text}, body ${text}, primary key (key, cluster))`;
const insertOne = 'insert into observations values (?, ?, ?, ?, ?, ?, ?, ?, ?)';

/** The row that mortem stores for it. */
function valuesOf(item: Observation): readonly (string | number)[] {
  const { cluster, key, kind, namespace, subject, observedAt, hour, evidence, body } = rowOf('bench', observationKey(item), item);
  return [cluster, key, kind, namespace, subject, observedAt, hour, evidence, body];
}

/** See `Engine.insertFloor`. */
export function sqliteInsertFloor(path: string, { batches, meter }: Pick<FloorRun, 'batches' | 'meter'>): number {
  const client = new BetterSqlite(path);
  client.pragma('journal_mode = wal');
  client.pragma('synchronous = full');
  client.exec(createTable('text'));
  const insert = client.prepare(insertOne);
  const insertAll = client.transaction((items: readonly Observation[]) => {
    for (const item of items) insert.run(...valuesOf(item));
  });
  const start = meter();
  for (const { body } of batches) insertAll(parse(gunzipSync(body)));
  const seconds = meter() - start;
  client.close();
  return seconds;
}

/** See `Engine.insertFloor`; the rows of a batch go in one statement, as a row a statement would mean a round trip a row. */
export async function postgresInsertFloor(url: string, { batches, meter }: Pick<FloorRun, 'batches' | 'meter'>): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  // As mortem has it: in the order of a language the index would cost more.
  await client.query(createTable('text collate "C"'));
  const start = meter();
  for (const { body } of batches) {
    const rows = parse(gunzipSync(body)).map(valuesOf);
    await client.query({ name: `insert_${rows.length}`, text: insertStatement(rows), values: rows.flat() });
  }
  const seconds = meter() - start;
  await client.end();
  return seconds;
}

function insertStatement(rows: readonly (readonly unknown[])[]): string {
  const tuples = rows.map((row, index) => `(${row.map((_, column) => `$${index * row.length + column + 1}`).join(',')})`);
  return `insert into observations values ${tuples.join(',')}`;
}
