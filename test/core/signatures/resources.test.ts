import { describe, expect, test } from 'vitest';
import { resourceExamples } from './resources-examples.ts';
import { matchedCause } from './matched-cause.ts';

describe.each(Object.entries(resourceExamples))('%s', (cause, lines) => {
  test.each(lines)('%s', (line) => {
    expect(matchedCause(`starting up\n${line}\n`)).toEqual([cause, line.trim()]);
  });
});

describe('look-alikes', () => {
  test.each([
    ['supermarket sync done'],
    ['GET /docs/permission-denied 200 3ms'],
    ['heap used 120MB of 512MB'],
    ['0 errors, 0 warnings'],
    ['user bob was killed in the game'],
    ['worker 3 exited with code 0'],
    ['git@example.org: Permission denied (publickey).'],
    ['memory allocation of 4 workers planned'],
  ])('%s', (line) => {
    expect(matchedCause(`${line}\n`, 1)).toBeUndefined();
  });
});
