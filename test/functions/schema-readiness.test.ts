import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { migratePostgres } from '../../db/migrate-postgres.ts';
import { createApp } from '../../functions/app.ts';
import { compose } from '../../functions/compose.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { postgresDatabase } from '../support/postgres-database.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

async function open() {
  const databaseUrl = await postgresDatabase({ migrated: false });
  const clock = createManualClock();
  const dataDir = await temporaryDirectory();
  const deps = compose(
    { dataDir, databaseUrl, logLevel: 'silent' },
    { clock, logger: createRecordingLogger(), openReads: true, listensOnLoopback: true },
  );
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  onTestFinished(async () => {
    await client.end();
    await deps.close();
  });
  const app = createApp(deps);
  const ask = async (path: string, init?: RequestInit) => {
    const response = await app.request(path, { headers: { host: 'localhost' }, ...init });
    return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
  };
  return { databaseUrl, clock, client, ask };
}

function unavailable(detail: string) {
  const problem = { type: 'urn:mortem:problem:not-ready', title: 'Service unavailable', status: 503, detail };
  return { status: 503, retryAfter: '30', text: `${JSON.stringify(problem)}\n` };
}

test('before the migration everything but the process answers 503 and says what to do; after it, all is served', async () => {
  const { databaseUrl, ask } = await open();
  const older = unavailable('The database has an older schema than this program. Run "mortem migrate", then send this again.');
  expect(await ask('/readyz')).toEqual(older);
  expect(await ask('/v1/incidents')).toEqual(older);
  expect(await ask('/v1/observations', { method: 'POST', body: 'x' })).toEqual(older);
  expect(await ask('/incidents')).toEqual(older);
  expect(await ask('/healthz')).toMatchObject({ status: 200 });

  await migratePostgres(databaseUrl);
  expect(await ask('/readyz')).toMatchObject({ status: 200 });
  expect(await ask('/v1/incidents')).toMatchObject({ status: 200 });
});

test('a browser is told the same as a page with its style', async () => {
  const { ask } = await open();
  const page = await ask('/incidents', { headers: { host: 'localhost', accept: 'text/html' } });
  expect(page).toMatchObject({ status: 503, retryAfter: '30' });
  expect(page.text).toContain('The database has an older schema than this program. Run &quot;mortem migrate&quot;');
  const [, style = ''] = /href="(\/assets\/[^"]+\.css)"/.exec(page.text) ?? [];
  expect(await ask(style)).toMatchObject({ status: 200 });
});

test('a process that meets a newer schema, also while it runs, answers 503', async () => {
  const { databaseUrl, clock, client, ask } = await open();
  await migratePostgres(databaseUrl);
  expect(await ask('/v1/incidents')).toMatchObject({ status: 200 });
  await client.query(`insert into __drizzle_migrations (created_at, hash) values (9000000000000, 'future')`);
  clock.advance(31_000);
  expect(await ask('/v1/incidents')).toEqual(
    unavailable('The database has a newer schema than this program. Deploy the version of mortem that migrated it.'),
  );
});

test('a database that is gone is 503, with the reason', async () => {
  const dataDir = await temporaryDirectory();
  const deps = compose({ dataDir, databaseUrl: 'postgres://mortem:s3cret@127.0.0.1:1/mortem', logLevel: 'silent' });
  onTestFinished(() => deps.close());
  const response = await createApp(deps).request('/v1/incidents');
  expect(response.status).toBe(503);
  const page = await createApp(deps).request('/incidents', { headers: { accept: 'text/html' } });
  expect([page.status, page.headers.get('content-type')]).toEqual([503, 'text/html; charset=UTF-8']);
  expect(await page.text()).toContain('The database cannot be reached: connect ECONNREFUSED');
  expect(await response.json()).toMatchObject({
    detail:
      'The database cannot be reached: connect ECONNREFUSED 127.0.0.1:1. Check MORTEM_DATABASE_URL and that the server takes connections.',
  });
});
