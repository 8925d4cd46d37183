import { describe, expect, test } from 'vitest';
import { commandExamples } from './commands-examples.ts';
import { matchedCause } from './matched-cause.ts';

describe.each(Object.entries(commandExamples))('%s', (cause, examples) => {
  test.each(examples)('%s', (line, exitCode) => {
    expect(matchedCause(`starting\n${line}\n`, exitCode)).toEqual([cause, line.trim()]);
  });
});

describe('the exit code says which', () => {
  test('a usage text is the answer to wrong arguments only with their exit codes', () => {
    const log = 'usage: app [-h] --config FILE\n  --config FILE  missing files are created\n';
    expect(matchedCause(log, 2)).toEqual(['bad-command', 'usage: app [-h] --config FILE']);
    expect(matchedCause(log, 64)).toEqual(['bad-command', 'usage: app [-h] --config FILE']);
    expect(matchedCause(log, 1)).toBeUndefined();
    expect(matchedCause(log)).toBeUndefined();
  });

  test('a shell that may not execute its command exits with 126 (trap 9)', () => {
    const line = '/bin/sh: 1: /app/server: Permission denied';
    expect(matchedCause(line, 126)).toEqual(['command-not-executable', line]);
    expect(matchedCause(line, 1)).toEqual(['permission', line]);
  });

  test('a wrong architecture is none of the exit codes it comes with (trap 10)', () => {
    const line = 'exec /app/server: exec format error';
    expect(matchedCause(line, 255)).toEqual(['arch-mismatch', line]);
    expect(matchedCause(line, 1)).toEqual(['arch-mismatch', line]);
  });

  test('127 with a shared library is a missing library and no missing command', () => {
    const line = '/app/server: error while loading shared libraries: libpq.so.5: cannot open shared object file: No such file or directory';
    expect(matchedCause(line, 127)).toEqual(['missing-module', line]);
  });
});

describe('look-alikes', () => {
  test.each([
    ['GET /sh: 1: x: not found 404 2ms'],
    ['Error: user: bob: not found'],
    ['Usage of /data is 40%'],
    ['loaded 3 modules, no module is missing'],
    ['  --unknown-flag   what to do with an unknown flag'],
  ])('%s', (line) => {
    expect(matchedCause(`${line}\n`, 1)).toBeUndefined();
  });
});
