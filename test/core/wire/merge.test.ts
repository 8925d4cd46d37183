import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeObservations } from '#core/wire/merge.ts';
import { log } from '../../support/build-observations.ts';

/** Versions of one log as two collectors, before and after the end of the container, may send them. */
const versions = fc
  .record({ seconds: fc.integer({ min: 0, max: 50 }), text: fc.option(fc.string({ maxLength: 8 })), final: fc.boolean() })
  .map(({ seconds, text, final }) => {
    const { text: _, ...base } = log(seconds, 'containerd://a', '');
    return text === null ? { ...base, final, missing: { reason: 'gone' } } : { ...base, final, text };
  });

describe('mergeObservations', () => {
  test('is commutative, associative and idempotent', () => {
    fc.assert(
      fc.property(versions, versions, versions, (a, b, c) => {
        expect(mergeObservations(a, b)).toEqual(mergeObservations(b, a));
        expect(mergeObservations(mergeObservations(a, b), c)).toEqual(mergeObservations(a, mergeObservations(b, c)));
        expect(mergeObservations(a, a)).toEqual(a);
      }),
    );
  });

  test('keeps the earliest time and the longer log', () => {
    const early = log(1, 'containerd://a', 'line 1\n');
    const late = log(5, 'containerd://a', 'line 1\nline 2\n');
    expect(mergeObservations(late, early)).toEqual({ ...late, observedAt: early.observedAt });
  });
});
