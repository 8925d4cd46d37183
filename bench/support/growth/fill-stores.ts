import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import BetterSqlite from 'better-sqlite3';
import { Client } from 'pg';
import { reevaluate } from '../../../functions/usecases/reevaluate.ts';
import { migratePostgres } from '../../../db/migrate-postgres.ts';
import { openSqlite } from '../../../db/open-sqlite.ts';
import { startPostgres } from '../../../test/support/start-postgres.ts';
import { fleetDir, fleetFile, hasFleet, type FleetEngine } from '../fleet/fleet-dir.ts';
import { multiplyRecords } from '../multiply-records.ts';
import { processTreeCpu } from '../process-tree-cpu.ts';
import { countOf, type Bursts } from './bursts.ts';
import { openGrowing, sendBurst, type StoredPlace } from './growing-store.ts';

const run = promisify(execFile);

/** The smallest: what an empty store costs must not flatter it. */
const firstSize = 10_000;
/** The fleet is made row by row: a server would have looked through each of its hours when it was over. */
const forgetHours = 'delete from changed_hours';

export interface FilledStores {
  readonly places: readonly StoredPlace[];
  /** Of the database server, in seconds. */
  readonly serverCpu: () => number;
  close(): Promise<void>;
}

export interface FillOptions {
  readonly directory: string;
  readonly bursts: Bursts;
  readonly largest: number;
  readonly withFleet: boolean;
}

/** The smallest by ingest, each ten times as large by copying all that the one before holds. */
export async function fillSqlite({ directory, bursts, largest, withFleet }: FillOptions): Promise<FilledStores> {
  const smallest = { size: firstSize, dataDir: join(directory, String(firstSize)) };
  const places = [smallest];
  let stored = await ingest(smallest, bursts);
  for (let size = firstSize * 10; size < largest * 10; size *= 10) {
    const goal = Math.min(size, largest);
    const dataDir = await copyOf(join(directory, String(size / 10), 'mortem.db'), join(directory, String(size)));
    const times = Math.max(1, Math.round(goal / stored)) - 1;
    multiplyRecords(join(dataDir, 'mortem.db'), times, bursts.span());
    bursts.skip(times);
    stored *= times + 1;
    places.push({ size: goal, dataDir });
    process.stderr.write(`${stored} observations are stored\n`);
  }
  if (withFleet) {
    const size = await sizeOfFleet('sqlite');
    const dataDir = await copyOf(join(fleetDir, 'mortem.db'), join(directory, 'fleet'));
    await openSqlite(join(dataDir, 'mortem.db')).close();
    new BetterSqlite(join(dataDir, 'mortem.db')).exec(forgetHours).close();
    places.push({ size, dataDir });
  }
  return { places, serverCpu: () => 0, close: async () => undefined };
}

/** The smallest by ingest, and the fleet: two databases of one server, whose files are a copy of the fleet's. */
export async function fillPostgres({ directory, bursts, withFleet }: FillOptions): Promise<FilledStores> {
  const kept = join(directory, 'postgres');
  // With its owners, and where its own user can come to: PostgreSQL refuses to run as root.
  if (withFleet) await run('cp', ['--archive', join(fleetDir, 'postgres'), kept]);
  await chmod(directory, 0o755);
  const server = await startPostgres({ durable: true, ...(withFleet ? { kept } : {}) });
  await execute(`${server.url}/postgres`, 'create database growth');
  const place = (size: number, name: string): StoredPlace => ({
    size,
    dataDir: join(directory, String(size)),
    databaseUrl: `${server.url}/${name}`,
  });
  const places = [place(firstSize, 'growth')];
  await migratePostgres(`${server.url}/growth`);
  await ingest(place(firstSize, 'growth'), bursts);
  if (withFleet) {
    await migratePostgres(`${server.url}/fleet`);
    await execute(`${server.url}/fleet`, forgetHours);
    places.push(place(await sizeOfFleet('postgres'), 'fleet'));
  }
  const close = async (): Promise<void> => {
    await untilAlone(`${server.url}/postgres`);
    await server.stop();
  };
  return { places, serverCpu: () => processTreeCpu(server.pid), close };
}

/** A connection that was closed a moment ago is still there for the server: to break it would be reported as a fault. */
async function untilAlone(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  const others = `select 1 from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`;
  for (let tries = 0; tries < 100 && (await client.query(others)).rowCount !== 0; tries += 1) await sleep(50);
  await client.end();
}

async function execute(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** @returns how many were stored */
async function ingest(place: StoredPlace, bursts: Bursts): Promise<number> {
  const store = await openGrowing(place);
  let stored = 0;
  while (stored < place.size) {
    const batches = bursts.next();
    await sendBurst(store, batches);
    stored += countOf(batches);
  }
  await reevaluate(store.server.deps);
  const { bytes } = await store.server.deps.measure();
  process.stderr.write(`${stored} observations are stored, ${Math.round(bytes / stored)} bytes each\n`);
  await store.server.close();
  return stored;
}

async function copyOf(database: string, folder: string): Promise<string> {
  await mkdir(folder);
  await copyFile(database, join(folder, 'mortem.db'));
  return folder;
}

async function sizeOfFleet(engine: FleetEngine): Promise<number> {
  if (!hasFleet(engine)) throw new Error('There is no fleet: run npm run bench:fleet first, or set MORTEM_FLEET_DIR');
  const { observations }: { readonly observations: number } = JSON.parse(await readFile(fleetFile(engine), 'utf8'));
  return observations;
}
