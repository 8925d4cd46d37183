import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { migratePostgres } from '../../db/migrate-postgres.ts';
import { startPostgres } from '../../test/support/start-postgres.ts';
import { postgresInsertFloor, sqliteInsertFloor, type FloorRun } from './floors.ts';
import { processTreeCpu } from './process-tree-cpu.ts';

/** A database engine that mortem is measured on, and the bare inserts it is measured against. */
export interface Engine {
  readonly name: string;
  /** A database for one measurement: its URL, or undefined for a file in the directory of the run. */
  freshDatabase(): Promise<string | undefined>;
  /**
   * Seconds for gunzip + JSON.parse + zod + bare insert of the rows that mortem stores of the observations, one transaction a batch, no
   * HTTP. Rows that follow from them, a third as many again, are not inserted: deaths, objects, incidents, ledgers.
   */
  insertFloor(run: FloorRun): Promise<number>;
  /** Processor time of its server so far; 0 where it has none. */
  cpuSeconds(): number;
  close(): Promise<void>;
}

export const sqliteEngine: Engine = {
  name: 'sqlite',
  freshDatabase: async () => undefined,
  insertFloor: async ({ directory, ...run }) => sqliteInsertFloor(join(directory, 'floor.db'), run),
  cpuSeconds: () => 0,
  close: async () => undefined,
};

/** A server of its own, which waits for the disk at every commit. */
export async function startPostgresEngine(): Promise<Engine> {
  const server = await startPostgres({ durable: true });
  const client = new Client({ connectionString: `${server.url}/postgres` });
  await client.connect();
  let last: string | undefined;
  const emptyDatabase = async (): Promise<string> => {
    // One at a time: what an earlier run left to vacuum must not slow the next.
    if (last !== undefined) await dropDatabase(client, last);
    last = `bench_${process.hrtime.bigint()}`;
    await client.query(`create database ${last}`);
    await client.query('checkpoint');
    return `${server.url}/${last}`;
  };
  return {
    name: 'postgres',
    async freshDatabase() {
      const url = await emptyDatabase();
      await migratePostgres(url);
      return url;
    },
    insertFloor: async (run) => postgresInsertFloor(await emptyDatabase(), run),
    cpuSeconds: () => processTreeCpu(server.pid),
    async close() {
      await client.end();
      await server.stop();
    },
  };
}

/** A connection that was closed a moment ago is still there for the server: to break it would be reported as a fault. */
async function dropDatabase(client: Client, name: string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const { rowCount } = await client.query('select 1 from pg_stat_activity where datname = $1', [name]);
    if (rowCount === 0) break;
    await sleep(50);
  }
  await client.query(`drop database ${name} with (force)`);
}
