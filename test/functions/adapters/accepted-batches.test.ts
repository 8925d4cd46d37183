import { expect, test } from 'vitest';
import { createAcceptedBatches } from '../../../functions/adapters/accepted-batches.ts';
import { pod } from '../../support/build-observations.ts';

test('hands a batch over once', () => {
  const batches = createAcceptedBatches(64_000_000);
  const observations = [pod(1)];
  batches.keep('a', observations, 100);
  expect(batches.take('a')).toBe(observations);
  expect(batches.take('a')).toBeUndefined();
  expect(batches.take('b')).toBeUndefined();
});

test('keeps no more than it may, and takes more once there is room', () => {
  const batches = createAcceptedBatches(64_000_000);
  batches.keep('a', [pod(1)], 60_000_000);
  batches.keep('b', [pod(2)], 5_000_000);
  expect(batches.take('b')).toBeUndefined();
  batches.take('a');
  batches.keep('b', [pod(2)], 5_000_000);
  expect(batches.take('b')).toHaveLength(1);
});
