import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runMortem } from '../support/run-mortem.ts';

const golden = join(import.meta.dirname, '..', 'golden', 's12-oom-main.draft.md');

function fileWith(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'mortem-lint-')), 'post-mortem.md');
  writeFileSync(file, text);
  return file;
}

describe('mortem lint', () => {
  test('says what is open, line by line, and fails only when asked to', async () => {
    const plain = await runMortem(['lint', golden]);
    expect(plain.code).toBe(0);
    const lines = plain.stdout.trimEnd().split('\n');
    expect(lines[0]).toBe(`${golden}:3: open-todo: TODO(human) is open: answer it, tick it, or take it out.`);
    expect(plain.stderr).toBe(`${golden}: ${lines.length} open, 0 other findings\n`);
    expect((await runMortem(['lint', golden, '--exit-code'])).code).toBe(1);
  });

  test('a finished post-mortem passes, also from standard input', async () => {
    const finished = '# Post-mortem\n\n- [x] **TODO(human):** Why? Because.\n';
    expect(await runMortem(['lint', fileWith(finished), '-', '--exit-code', '-o', 'json'], { input: finished })).toMatchObject({
      code: 0,
      stderr: '',
    });
  });

  test('JSON names each file and each finding', async () => {
    const file = fileWith('| a | b |\n| - | - |\n| 1 |\n');
    const { stdout, code } = await runMortem(['lint', file, '-o', 'json', '--exit-code']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      apiVersion: 'mortem.dev/v1',
      kind: 'LintReport',
      files: [
        {
          file,
          openTodos: 0,
          findings: [{ rule: 'table', level: 'error', line: 3, text: 'This row has 1 cells, the head of its table has 2.' }],
        },
      ],
    });
  });

  test('a note alone is no reason to fail', async () => {
    const { code, stdout } = await runMortem(['lint', fileWith('x'.repeat(60_001)), '--exit-code']);
    expect([code, stdout]).toEqual([0, expect.stringContaining(':1: size: 60001 bytes are more than 60000')]);
  });

  test('a file that is not there', async () => {
    const { code, stderr } = await runMortem(['lint', join(tmpdir(), 'mortem-no-such.md')]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be read')]);
  });
});
