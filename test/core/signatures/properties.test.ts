import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { containerConfigCause } from '../../../core/causes/container-config-cause.ts';
import { createRejectedCause } from '../../../core/causes/create-rejected-cause.ts';
import { evictionCause } from '../../../core/causes/eviction-cause.ts';
import { explainExitCode } from '../../../core/causes/exit-code.ts';
import { imagePullCause } from '../../../core/causes/image-pull-cause.ts';
import { mountCause } from '../../../core/causes/mount-cause.ts';
import { parseKilling } from '../../../core/causes/parse-killing.ts';
import { probeCause } from '../../../core/causes/probe-cause.ts';
import { schedulingCause } from '../../../core/causes/scheduling-cause.ts';
import { startFailureCause } from '../../../core/causes/start-failure-cause.ts';
import { matchLogSignature } from '../../../core/signatures/match-log-signature.ts';
import { signatureTables } from '../../../core/signatures/signature-tables.ts';
import { stripAnsi } from '../../../core/signatures/strip-ansi.ts';

const texts = signatureTables.flatMap(({ signatures }) => signatures.map(({ text }) => text));

/** Pieces of real texts, glued at random: nearer to what breaks a reader than noise is. */
const piece = fc.oneof(
  fc.constantFrom(...texts),
  fc.constantFrom(
    '0/3 nodes are available: ',
    '2 Insufficient cpu',
    ', ',
    '. preemption: ',
    'MountVolume.SetUp failed for volume "x" : ',
    'Back-off pulling image "',
    '"',
    'Liveness probe failed: ',
    'Container x failed ',
    'The node was low on resource: ',
    'rpc error: code = Unknown desc = ',
    'exec: "',
    '\n',
    '\r\n',
    '    at x',
    'Caused by: ',
    'Traceback (most recent call last):',
    'goroutine 1 [running]:',
    '\u001B[31m',
    '{unclosed',
  ),
  fc.string({ unit: 'binary' }),
  fc.string(),
);
const message = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));

describe('no input makes a classifier throw', () => {
  test.each([
    ['imagePullCause', (text: string) => imagePullCause(text, text.slice(0, 40))],
    ['startFailureCause', startFailureCause],
    ['containerConfigCause', containerConfigCause],
    ['schedulingCause', schedulingCause],
    ['mountCause', mountCause],
    ['probeCause', probeCause],
    ['parseKilling', parseKilling],
    ['evictionCause', evictionCause],
    ['createRejectedCause', createRejectedCause],
    ['matchLogSignature', (text: string) => matchLogSignature(text, { exitCode: text.length })],
  ])('%s', (_, classify) => {
    fc.assert(
      fc.property(message, (text) => {
        expect(classify(text)).toEqual(classify(text));
      }),
      { numRuns: 200 },
    );
  });

  test('explainExitCode', () => {
    fc.assert(
      fc.property(fc.integer(), fc.option(fc.string(), { nil: '' }), (code, reason) => {
        expect(explainExitCode(code, { reason }).text).not.toBe('');
      }),
    );
  });
});

describe('what a match quotes', () => {
  test('is the line of that number', () => {
    fc.assert(
      fc.property(message, (log) => {
        const match = matchLogSignature(log);
        if (match === undefined) return;
        const line = log.split('\n')[match.lineNumber - 1] ?? '';
        expect(stripAnsi(line)).toContain(match.line);
        expect(match.line).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });

  test('does not change with what stood in the log before its last lines', () => {
    fc.assert(
      fc.property(message, message, (before, log) => {
        const tail = `${Array.from({ length: 200 }, (_, row) => `row ${row}`).join('\n')}\n${log}`;
        const match = matchLogSignature(tail);
        const longer = matchLogSignature(`${before}\n${tail}`);
        const added = before.split('\n').length;
        expect(longer).toEqual(match === undefined ? undefined : { ...match, lineNumber: match.lineNumber + added });
      }),
      { numRuns: 100 },
    );
  });
});

describe('the tables', () => {
  test('texts are lower case and not empty', () => {
    expect(texts.filter((text) => text !== text.toLowerCase() || text === '')).toEqual([]);
  });

  test('no signature stands twice in one table', () => {
    for (const { signatures } of signatureTables) {
      const rows = signatures.map((row) => JSON.stringify([row.text, row.pattern?.source, row.exitCodes]));
      expect(rows.filter((row, index) => rows.indexOf(row) !== index)).toEqual([]);
    }
  });
});
