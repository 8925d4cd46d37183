import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { postgresDatabase } from '../support/postgres-database.ts';
import { runMortem } from '../support/run-mortem.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

function migrationsOf(dialect: string): number {
  return readdirSync(join(import.meta.dirname, '..', '..', 'migrations', dialect)).filter((file) => file.endsWith('.sql')).length;
}

test('two at once on PostgreSQL: one applies, the other finds it done; before that, --check says what is missing', async () => {
  const url = await postgresDatabase({ migrated: false });
  const env = { MORTEM_DATABASE_URL: url };
  const name = `PostgreSQL ${new URL(url).host}${new URL(url).pathname}`;
  const data = await temporaryDirectory();
  expect(await runMortem(['migrate', '--check'], { env })).toEqual({
    code: 3,
    stdout: '',
    stderr: `mortem: ${name} has an older schema than this version needs. Run "mortem migrate".\n`,
  });
  const total = migrationsOf('postgres');
  const outcomes = await Promise.all(Array.from({ length: 2 }, () => runMortem(['migrate'], { env })));
  expect(outcomes.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
    Array.from({ length: 2 }, () => ({ code: 0, stderr: `Migrating ${name}\n` })),
  );
  expect(new Set(outcomes.map(({ stdout }) => stdout))).toEqual(
    new Set([
      `Applied ${total}: ${total} of ${total} migrations are in place.\n`,
      `Nothing to do: ${total} of ${total} migrations are in place.\n`,
    ]),
  );
  expect(await runMortem(['keys', 'list', '--data', data], { env })).toMatchObject({ code: 0 });
  expect(existsSync(join(data, 'mortem.db'))).toBe(false);
});

test('a folder gets its SQLite', async () => {
  const data = join(await temporaryDirectory(), 'new');
  const total = migrationsOf('sqlite');
  const before = await runMortem(['migrate', '--check', '--data', data]);
  expect(before).toMatchObject({ code: 3, stderr: expect.stringContaining(`${data}/mortem.db has an older schema`) as string });
  expect(existsSync(data)).toBe(false);
  const migrated = await runMortem(['migrate', '--data', data]);
  expect(migrated).toMatchObject({ code: 0, stdout: `Applied ${total}: ${total} of ${total} migrations are in place.\n` });
});

test('a URL of something else, and a server that is not there, are errors that say so without the password', async () => {
  const wrong = await runMortem(['migrate'], { env: { MORTEM_DATABASE_URL: 'mysql://root@localhost/mortem' } });
  expect(wrong).toEqual({
    code: 2,
    stdout: '',
    stderr: 'mortem: The environment is not right: MORTEM_DATABASE_URL is a URL that begins with postgres://.\n',
  });
  const gone = await runMortem(['migrate'], { env: { MORTEM_DATABASE_URL: 'postgres://mortem:s3cret@127.0.0.1:1/mortem' } });
  expect(gone).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('The database cannot be reached: connect ECONNREFUSED') as string,
  });
  expect(gone.stderr).not.toContain('s3cret');
});
