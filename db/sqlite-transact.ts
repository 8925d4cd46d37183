import type BetterSqlite from 'better-sqlite3';
import type { Connection, Durability, Transact } from './database.ts';

/** Transactions that share one commit: bounds how long the first of them waits for its fsync. */
const maxGroup = 256;

interface Job {
  readonly durability: Durability;
  /** Does the work and returns what tells its caller so, for after the commit. */
  readonly run: () => Promise<() => void>;
  readonly reject: (error: unknown) => void;
}

interface DoneJob {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Write transactions on the one connection that writes, one after the other: better-sqlite3's own must be synchronous,
 * which drizzle's builders are not. Those that wait at the same time share a commit, hence an fsync; each lies in a
 * savepoint of its own, so that one that fails undoes only itself. In WAL mode a `normal` commit is on the disk with the next `full` one.
 */
export function createSqliteTransact(client: BetterSqlite.Database, connection: Connection): Transact {
  const waiting: Job[] = [];
  let draining = false;

  async function drain(): Promise<void> {
    if (draining) return;
    draining = true;
    while (waiting.length > 0) await runGroup(client, waiting);
    draining = false;
  }

  return (work, durability = 'durable') =>
    new Promise((resolve, reject) => {
      const run = async (): Promise<() => void> => {
        const value = await work(connection);
        return () => resolve(value);
      };
      waiting.push({ run, reject, durability });
      void drain();
    });
}

/** Those in front that wait for the disk alike. */
async function runGroup(client: BetterSqlite.Database, waiting: Job[]): Promise<void> {
  const durability = waiting[0]?.durability;
  const next = (done: number): Job | undefined => (done < maxGroup && waiting[0]?.durability === durability ? waiting.shift() : undefined);
  try {
    client.pragma(`synchronous = ${durability === 'derived' ? 'normal' : 'full'}`);
    client.exec('begin immediate');
  } catch (error) {
    // Another process held the lock for too long: one caller hears it, the next tries again.
    waiting.shift()?.reject(error);
    return;
  }
  const done: DoneJob[] = [];
  try {
    for (let job = next(0); job !== undefined; job = next(done.length)) {
      const resolve = await runInSavepoint(client, job);
      if (resolve !== undefined) done.push({ resolve, reject: job.reject });
    }
    client.exec('commit');
  } catch (error) {
    if (client.inTransaction) client.exec('rollback');
    for (const job of done) job.reject(error);
    return;
  }
  for (const { resolve } of done) resolve();
}

/** @throws when the whole group is lost: a full disk makes SQLite undo the outer transaction too. */
async function runInSavepoint(client: BetterSqlite.Database, job: Job): Promise<(() => void) | undefined> {
  client.exec('savepoint job');
  try {
    const resolve = await job.run();
    client.exec('release job');
    return resolve;
  } catch (error) {
    job.reject(error);
    if (!client.inTransaction) throw new Error('another transaction of the same commit was lost', { cause: error });
    client.exec('rollback to job');
    client.exec('release job');
    return undefined;
  }
}
