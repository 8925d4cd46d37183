import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migratePostgres } from '../../db/migrate-postgres.ts';
import { startPostgres } from './start-postgres.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where a test gets a database of its own: see postgres-database.ts. */
    databases: string;
  }
}

/**
 * vitest global set-up: makes PostgreSQL databases for whoever asks. The server is started at the first request, so that
 * tests which need none do not wait for it. `TEST_DATABASE_URL` names another one, whose user may create databases.
 */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  let source: Promise<DatabaseSource> | undefined;
  const server = createServer((request, response) => {
    source ??= openSource(process.env['TEST_DATABASE_URL']);
    source
      .then((opened) => opened.create({ migrated: request.url === '/migrated' }))
      .then((url) => response.end(url))
      .catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  const { port } = await listen(server);
  provide('databases', `http://127.0.0.1:${port}`);
  return async () => {
    server.closeAllConnections();
    server.close();
    await (await source)?.close();
  };
}

interface DatabaseSource {
  /** @returns the URL of a database that nobody else uses */
  create(wish: { readonly migrated: boolean }): Promise<string>;
  close(): Promise<void>;
}

async function openSource(given: string | undefined): Promise<DatabaseSource> {
  const own = given === undefined ? await startPostgres() : undefined;
  const base = new URL(given ?? `${own?.url}/postgres`);
  const client = new pg.Client({ connectionString: base.href });
  await client.connect();
  const template = nameOf('template');
  await client.query(`create database ${template}`);
  await migratePostgres(withDatabase(base, template));
  const made = [template];
  // One after the other: a template can be copied once at a time.
  let last: Promise<unknown> = Promise.resolve();
  return {
    async create({ migrated }) {
      const name = nameOf('test');
      made.push(name);
      const created = last.then(() => client.query(`create database ${name} ${migrated ? `template ${template} strategy file_copy` : ''}`));
      last = created.catch(() => undefined);
      await created;
      return withDatabase(base, name);
    },
    async close() {
      if (own === undefined) for (const name of made) await client.query(`drop database if exists ${name} with (force)`);
      await client.end();
      await own?.stop();
    },
  };
}

function nameOf(purpose: string): string {
  return `mortem_${purpose}_${randomUUID().replaceAll('-', '')}`;
}

function withDatabase(base: URL, name: string): string {
  const url = new URL(base);
  url.pathname = `/${name}`;
  return url.href;
}

function listen(server: Server): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port'));
      else resolve(address);
    });
  });
}
