import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { alone } from '../vitest.config.ts';

const root = resolve(import.meta.dirname, '..');
const importPattern =
  /(?:^|\n)\s*(?:import|export)\s[^;'"]*?from\s+['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g;

/** What each folder may import: other top-level folders, and packages by prefix. The one-way flow of docs/architecture.md as a table. */
const allowed: Record<string, { folders: readonly string[]; packages: readonly string[] }> = {
  core: {
    folders: ['core'],
    packages: ['zod', '@noble/hashes', 'mdast', 'mdast-util-to-markdown', 'mdast-util-gfm', 'mdast-util-gfm-table'],
  },
  collector: {
    folders: ['core', 'collector'],
    packages: [
      'node:',
      '@kubernetes/client-node',
      'yaml',
      'prom-client',
      '@secretlint/core',
      '@secretlint/profiler',
      '@secretlint/secretlint-rule-preset-recommend',
    ],
  },
  db: { folders: ['core', 'db'], packages: ['node:', 'drizzle-orm', 'better-sqlite3', 'pg'] },
  functions: {
    folders: ['core', 'db', 'functions'],
    packages: [
      'node:',
      'hono',
      '@hono/node-server',
      'zod',
      'pino',
      'jose',
      '@aws-sdk/client-s3',
      '@aws-sdk/client-sqs',
      'aws-lambda',
      'mdast',
      'mdast-util-from-markdown',
      'mdast-util-gfm',
      'micromark-extension-gfm',
    ],
  },
  replay: { folders: ['core', 'replay'], packages: ['node:', 'hono', '@hono/node-server', 'zod'] },
  cli: {
    folders: ['core', 'collector', 'functions', 'db', 'replay', 'cli', 'package.json'],
    packages: ['node:', 'commander', 'yaml', 'zod', 'pino', '@kubernetes/client-node', '@hono/node-server'],
  },
};

/** Only these files of functions/ may name an adapter or the database. */
const composing = /^functions\/(compose\.ts|compose-lambda\.ts|handlers\/migrate\.ts|adapters\/)/;

const files = Object.keys(allowed).flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
);

function importsOf(file: string): string[] {
  return [...readFileSync(join(root, file), 'utf8').matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
}

function topFolder(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#core/')) return 'core';
  if (!specifier.startsWith('.')) return undefined;
  return relative(root, resolve(root, dirname(file), specifier)).split('/')[0];
}

describe('import table', () => {
  test.each(Object.keys(allowed))('%s imports only what it may', (folder) => {
    const rule = allowed[folder]!;
    const violations = files
      .filter((file) => file.startsWith(`${folder}/`))
      .flatMap((file) =>
        importsOf(file)
          .filter((specifier) => {
            const target = topFolder(file, specifier);
            if (target !== undefined) return !rule.folders.includes(target);
            return !rule.packages.some((name) => specifier === name || specifier.startsWith(name.endsWith(':') ? name : `${name}/`));
          })
          .map((specifier) => `${file} imports ${specifier}`),
      );
    expect(violations).toEqual([]);
  });

  test('inside functions/ only compose.ts and adapters/ know the database', () => {
    const violations = files
      .filter((file) => file.startsWith('functions/') && !composing.test(file))
      .filter((file) => importsOf(file).some((specifier) => topFolder(file, specifier) === 'db'));
    expect(violations).toEqual([]);
  });

  test('core/ reads no clock, no randomness, no environment', () => {
    const impure = files
      .filter((file) => file.startsWith('core/'))
      .filter((file) =>
        /Date\.now\(|new Date\(\)|Math\.random|\bprocess\.(env|argv|cwd|hrtime|nextTick)|\bcrypto\.|performance\./.test(
          readFileSync(join(root, file), 'utf8'),
        ),
      );
    expect(impure).toEqual([]);
  });

  test('no production file is longer than 300 lines', () => {
    const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 301);
    expect(long).toEqual([]);
  });
});

test('what changes the process that it runs in is tested in one of its own', () => {
  const changing = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .map((file) => `test/${file.replaceAll('\\', '/')}`)
    .filter((file) => /\.test\.tsx?$/.test(file) && !file.startsWith('test/lambda/'))
    .filter((file) => /\bvi\.|\bopenHandlers\(|\bprocess\.(env\[.*\] = |chdir\()/.test(readFileSync(join(root, file), 'utf8')));
  expect(changing.toSorted()).toEqual(alone);
});
