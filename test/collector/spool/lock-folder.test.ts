import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { lockFolder } from '../../../collector/spool/lock-folder.ts';
import { bundleChild } from '../../support/bundle-child.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'mortem-lock-'));
const taken = { code: 'conflict', message: expect.stringMatching(/Another collector uses the spool folder .*--spool/) };

test('a folder has one collector, until that one lets it go', () => {
  const dir = folder();
  const first = lockFolder(dir);
  expect(() => lockFolder(dir)).toThrow(expect.objectContaining(taken));
  first.release();
  lockFolder(dir).release();
});

test('a collector that is killed holds it no more', async () => {
  const dir = folder();
  const bundle = await bundleChild('test/collector/spool/support/lock-child.ts');
  for (const round of [1, 2]) {
    const child = spawn(process.execPath, [bundle, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    expect(() => lockFolder(dir), `round ${round}`).toThrow(expect.objectContaining(taken));
    const exit = once(child, 'exit');
    child.kill('SIGKILL');
    await exit;
    lockFolder(dir).release();
  }
});
