import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeObservations } from '#core/wire/merge.ts';
import { usage } from '../../support/build-cluster-observations.ts';
import { at as timeAt, log } from '../../support/build-observations.ts';

/** Versions of one log as two collectors, before and after the end of the container, may send them. */
const versions = fc
  .record({ seconds: fc.integer({ min: 0, max: 50 }), text: fc.option(fc.string({ maxLength: 8 })), final: fc.boolean() })
  .map(({ seconds, text, final }) => {
    const { text: _, ...base } = log(seconds, 'containerd://a', '');
    return text === null ? { ...base, final, missing: { reason: 'gone' } } : { ...base, final, text };
  });

/** Samples at these seconds. */
const sampled = (seconds: number, samples: readonly { readonly at: number; readonly bytes: number }[]) =>
  usage(
    seconds,
    'containerd://a',
    samples.map(({ at, bytes }) => ({ at: timeAt(at), bytes })),
  );

/** What two collectors may have sampled of one instance. */
const usages = fc
  .record({
    seconds: fc.integer({ min: 0, max: 50 }),
    samples: fc.uniqueArray(fc.record({ at: fc.integer({ min: 0, max: 9 }), bytes: fc.integer({ min: 1, max: 3 }) }), {
      selector: ({ at }) => at,
      maxLength: 6,
    }),
  })
  .map(({ seconds, samples }) => sampled(seconds, samples));

describe('mergeObservations', () => {
  test('is commutative, associative and idempotent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.tuple(versions, versions, versions), fc.tuple(usages, usages, usages)), ([a, b, c]) => {
        expect(mergeObservations(a, b)).toEqual(mergeObservations(b, a));
        expect(mergeObservations(mergeObservations(a, b), c)).toEqual(mergeObservations(a, mergeObservations(b, c)));
        expect(mergeObservations(a, a)).toEqual(a);
      }),
    );
  });

  test('keeps every memory sample once, oldest first', () => {
    const tenfold = (...seconds: readonly number[]) =>
      sampled(
        9,
        seconds.map((second) => ({ at: second, bytes: second * 10 })),
      );
    expect(mergeObservations(tenfold(2, 3), tenfold(1, 3))).toEqual(tenfold(1, 2, 3));
  });

  test('keeps the earliest time and the longer log', () => {
    const early = log(1, 'containerd://a', 'line 1\n');
    const late = log(5, 'containerd://a', 'line 1\nline 2\n');
    expect(mergeObservations(late, early)).toEqual({ ...late, observedAt: early.observedAt });
  });
});
