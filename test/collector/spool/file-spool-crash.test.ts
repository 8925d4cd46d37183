import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openFileSpool } from '../../../collector/spool/file-spool.ts';
import { bundleChild } from '../../support/bundle-child.ts';
import { linesOf } from '../../support/lines-of.ts';

let bundle: string;
beforeAll(async () => {
  bundle = await bundleChild('test/collector/spool/support/append-child.ts');
});

/** Runs the child until it has said so many numbers, kills it at once, and returns all it said. */
async function appendedUntilKilled(dir: string, from: number, count: number): Promise<readonly number[]> {
  const child = spawn(process.execPath, [bundle, dir, String(from)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.split('\n').length > count) child.kill('SIGKILL');
  }
  // The last line may be torn: a number is said whole when its newline is there.
  return said.split('\n').slice(0, -1).map(Number);
}

test('every append that resolved before a SIGKILL is there after the spool was opened again, however often', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'mortem-spool-'));
  const resolved: number[] = [];
  for (const [round, count] of [3, 40, 400, 17, 900, 150].entries()) {
    resolved.push(...(await appendedUntilKilled(dir, round * 100_000 + 1, count)));
  }
  const spool = await openFileSpool({ dir });
  const found: number[] = [];
  for (let batch = await spool.peek(100_000); batch !== undefined; batch = await spool.peek(100_000)) {
    found.push(...(linesOf(batch) ?? []).map((line) => Number.parseInt(JSON.parse(line).id, 16)));
    await spool.ack(batch);
  }
  expect(spool.size()).toEqual({ observations: 0, bytes: 0, dropped: 0 });
  expect(new Set(found).size).toBe(found.length);
  expect(resolved.filter((number) => !found.includes(number))).toEqual([]);
  expect(resolved.length).toBeGreaterThan(1500);
});
