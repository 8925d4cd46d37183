import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packObservation, unpackObservation } from '../../db/observation-body.ts';
import { log, pod } from '../support/build-observations.ts';

test('a short record stays readable in the database', () => {
  const state = pod(1);
  expect(packObservation(state)).toBe(JSON.stringify(state));
});

test('a long log takes a fraction of its length, and comes back as it was', () => {
  const lines = Array.from({ length: 200 }, (_, line) => `2026-05-03T14:00:${line % 60}Z INFO module ${line} is loaded`);
  const long = log(1, 'containerd://a', lines.join('\n'));
  const body = packObservation(long);
  expect(body.length).toBeLessThan(JSON.stringify(long).length / 4);
  expect(unpackObservation(body)).toEqual(long);
});

test('whatever a log says comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 0, max: 200 }), (text, repeats) => {
      const record = log(1, 'containerd://a', text.repeat(repeats));
      expect(unpackObservation(packObservation(record))).toEqual(record);
    }),
  );
});
