import { setTimeout as sleep } from 'node:timers/promises';
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Pool, PoolClient } from 'pg';
import { MortemError } from '#core/errors.ts';
import type { Connection, OpenDatabase } from './database.ts';
import { causeOf, faultOf, toMortemError } from './postgres-fault.ts';
import { postgresTables } from './schema.ts';

const maxAttempts = 5;
const firstPauseMs = 20;

/** One try on one client; the client goes back to the pool, or is closed when it is of no more use. */
type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'again'; readonly error: unknown }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Reads and write transactions over a pool; each runs on one client, and again on another when its own is lost. */
export function createPostgresSession(pool: Pool): Pick<OpenDatabase, 'read' | 'transact'> {
  // A client keeps its prepared statements, so it keeps its connection object.
  const connections = new WeakMap<PoolClient, Connection>();
  const connectionOf = (client: PoolClient): Connection => {
    const known = connections.get(client) ?? openConnection(client);
    connections.set(client, known);
    return known;
  };
  const withClient = async <T>(run: (client: PoolClient) => Promise<Attempt<T>>): Promise<Attempt<T>> => {
    try {
      return await run(await pool.connect());
    } catch (error) {
      return faultOf(error) === 'lost' ? { kind: 'again', error } : { kind: 'failed', error };
    }
  };
  return {
    read: (work) => persist(() => withClient((client) => readOnce(client, () => work(connectionOf(client))))),
    transact: (work) => persist(() => withClient((client) => transactOnce(client, () => work(connectionOf(client))))),
  };
}

function openConnection(client: PoolClient): Connection {
  return {
    db: drizzle({ client }),
    tables: postgresTables,
    prepare: ({ sql, name }) => {
      const statement = { name, text: sql, rowMode: 'array' as const };
      // A copy: the driver writes the values into what it is given.
      return async (values) => (await client.query<unknown[]>({ ...statement, values: [...values] })).rows;
    },
  };
}

async function persist<T>(attempt: () => Promise<Attempt<T>>): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    const outcome = await attempt();
    if (outcome.kind === 'done') return outcome.value;
    if (outcome.kind === 'failed' || attempts === maxAttempts) throw toMortemError(outcome.error);
    // Jitter: two that met once must not meet again.
    await sleep(firstPauseMs * 2 ** (attempts - 1) * (0.5 + Math.random()));
  }
}

async function readOnce<T>(client: PoolClient, work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    const value = await work();
    client.release();
    return { kind: 'done', value };
  } catch (thrown) {
    const error = causeOf(thrown);
    const fault = faultOf(error);
    client.release(fault === 'lost');
    return { kind: fault === 'other' ? 'failed' : 'again', error };
  }
}

async function transactOnce<T>(client: PoolClient, work: () => Promise<T>): Promise<Attempt<T>> {
  let committing = false;
  try {
    await client.query('begin');
    const value = await work();
    committing = true;
    const { command } = await client.query('commit');
    // A commit after a statement that failed is answered politely, and is a rollback.
    if (command !== 'COMMIT') throw new Error('a statement of the transaction failed, and the work went on');
    client.release();
    return { kind: 'done', value };
  } catch (thrown) {
    const error = causeOf(thrown);
    const fault = faultOf(error);
    client.release(fault === 'lost' || !(await rollBack(client)));
    if (committing && fault === 'lost') return { kind: 'failed', error: unknownOutcome(error) };
    return { kind: fault === 'other' ? 'failed' : 'again', error };
  }
}

/** @returns false when the client is of no more use */
async function rollBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query('rollback');
    return true;
  } catch {
    // The fault that brought us here is the one to tell; the server undoes what a closed connection left.
    return false;
  }
}

function unknownOutcome(cause: unknown): MortemError {
  const message =
    'The connection to the database was lost during a commit, which may have taken hold. Send the same again: nothing is counted twice.';
  return new MortemError('unreachable', message, { cause });
}
