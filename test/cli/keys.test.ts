import { describe, expect, test } from 'vitest';
import { runMortem } from '../support/run-mortem.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

interface Listed {
  readonly items: readonly {
    readonly id: string;
    readonly cluster: string;
    readonly scopes: readonly string[];
    readonly revokedAt?: string;
  }[];
}

async function list(data: string): Promise<Listed['items']> {
  const { stdout } = await runMortem(['keys', 'list', '-o', 'json', '--data', data]);
  return (JSON.parse(stdout) as Listed).items;
}

test('keys are made, listed without the key, and revoked', async () => {
  const data = await temporaryDirectory();
  const made = await runMortem(['keys', 'create', '--cluster', 'prod-eu-1', '--data', data]);
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^mk_[\w-]{43}\n$/) as string });
  expect(made.stderr).toBe('This key may write for cluster prod-eu-1. It is stored as a hash and cannot be shown again.\n');
  await runMortem(['keys', 'create', '--all-clusters', '--scope', 'read', '--data', data]);

  const keys = await list(data);
  expect(keys.map(({ cluster, scopes }) => [cluster, scopes])).toEqual([
    ['prod-eu-1', ['write']],
    ['*', ['read']],
  ]);
  const table = await runMortem(['keys', 'list', '--data', data]);
  expect(table.stdout).toMatch(
    /^ID {3,}CLUSTER {3,}SCOPES {3,}CREATED {3,}REVOKED\n[0-9a-f]{12} {3,}prod-eu-1 {3,}write {3,}\S+Z {3}active\n/,
  );
  expect(table.stdout).not.toContain(made.stdout.trim());

  const revoked = await runMortem(['keys', 'revoke', keys[0]!.id, '--data', data]);
  expect(revoked).toMatchObject({ code: 0, stderr: `Key ${keys[0]!.id} of cluster prod-eu-1 is revoked.\n` });
  expect((await list(data)).map(({ revokedAt }) => revokedAt !== undefined)).toEqual([true, false]);
});

describe('refused with exit code 2 and the way out', () => {
  test.each([
    [['create'], 'error: say either --cluster NAME or --all-clusters'],
    [['create', '--all-clusters'], 'A key for every cluster only reads: what is written belongs to one. Say --scope read.'],
    [['create', '--cluster', '../prod'], 'A cluster name has up to 63 lower-case letters'],
    [['create', '--cluster', 'prod', '--scope', 'admin'], 'Allowed choices are read, write, both'],
  ])('keys %j', async (args, sentence) => {
    const { code, stderr } = await runMortem(['keys', ...args, '--data', await temporaryDirectory()]);
    expect(stderr).toContain(sentence);
    expect(code).toBe(2);
  });
});
