import { describe, expect, test } from 'vitest';
import { configurationExamples, multiLineExamples } from './configuration-examples.ts';
import { matchedCause } from './matched-cause.ts';

describe.each(Object.entries(configurationExamples))('%s', (cause, lines) => {
  test.each(lines)('%s', (line) => {
    expect(matchedCause(`app 1.2.0\n${line}\n`)).toEqual([cause, line.trim()]);
  });
});

describe('errors printed over several lines', () => {
  test.each(multiLineExamples)('%j', (log, line) => {
    expect(matchedCause(log, 1)).toEqual(['missing-config', line]);
  });
});

describe('look-alikes', () => {
  test.each([
    ['DEBUG_MODE is not set, using default'],
    ['WARN HTTP_PROXY is not set, ignoring'],
    ['LOG_LEVEL missing, falling back to info'],
    ["KeyError: 'name'"],
    ['Note: x is not defined here'],
    ['Error: ORDER_123 is missing'],
    ['HTTP_404 not found'],
    ['No ORDER_ITEMS found for user 3'],
    ['ITEM_SKU not found in warehouse'],
    ['password is required'],
    ['validation failed: email is required'],
    ['config: DATABASE_URL=postgres://importer:secret@10.0.0.5:5432/import'],
    ['The migration of 3 users succeeded'],
    ['column order changed'],
    ['loading configuration from /etc/app'],
    ['MISSING_FOO="1" exported'],
    ['relation "items" has 3 rows'],
    ['waiting for changes'],
  ])('%s', (line) => {
    expect(matchedCause(`${line}\n`, 1)).toBeUndefined();
  });
});
