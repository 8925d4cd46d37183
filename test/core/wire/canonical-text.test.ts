import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText, rememberText } from '#core/wire/canonical-text.ts';

/** The same, by sorting a copy and writing that. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, field]) => field !== undefined && field !== null);
  return Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, field]) => [key, sorted(field)]));
}

const anything = fc.anything({
  values: [fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null), fc.constant(undefined)],
  key: fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.nat().map(String),
    fc.constantFrom('__proto__', '-1', '01', '4294967295', '9007199254740993'),
  ),
});

test('is what a sorted copy would be written as, for any content and any keys', () => {
  fc.assert(
    fc.property(anything, (value) => {
      expect(canonicalText(value)).toBe(JSON.stringify(sorted(value)) ?? 'null');
    }),
  );
});

test('what is remembered reads the same, alone and as a part of something else', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), anything), (value) => {
      const text = canonicalText(value);
      const remembered = structuredClone(value);
      rememberText(remembered);
      expect([canonicalText(remembered), canonicalText({ z: [remembered] })]).toEqual([text, `{"z":[${text}]}`]);
    }),
  );
});
