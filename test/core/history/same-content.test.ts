import { expect, test } from 'vitest';
import { sameContent } from '#core/history/same-content.ts';
import { container, pod } from '../../support/build-observations.ts';

test('the same state under another version, clock or owner is the same', () => {
  const first = pod(1);
  expect(
    sameContent(first, {
      ...first,
      resourceVersion: '9',
      observedAt: '2026-01-01T00:00:00Z',
      id: 'x',
      workload: { kind: 'ReplicaSet', name: 'a', chain: [] },
    }),
  ).toBe(true);
});

test('the order of keys and fields set to undefined say nothing', () => {
  const first = pod(1);
  expect(sameContent(first, { ...Object.fromEntries(Object.entries(first).toReversed()), message: undefined })).toBe(true);
});

test.each([
  ['a changed field', { phase: 'Failed' }],
  ['a field more', { message: 'evicted' }],
  ['a deep change', { containers: [container({ ready: true })] }],
  ['a container more', { containers: [container(), container({ name: 'other' })] }],
])('%s is a difference', (_, change) => {
  const first = pod(1);
  expect(sameContent(first, { ...first, ...change })).toBe(false);
});
