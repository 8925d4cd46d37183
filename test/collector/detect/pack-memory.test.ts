import { expect, test } from 'vitest';
import { isPackedFrom, packMemory, unpackMemory } from '../../../collector/detect/pack-memory.ts';
import type { PodMemory } from '../../../collector/detect/pod-memory.ts';

test('a memory comes out of its text as it went in', () => {
  const memory: PodMemory = {
    namespace: 'shop',
    name: 'api-1',
    hash: 'h',
    containers: new Map([
      ['app', { restartCount: 3, dead: ['containerd://a', 'containerd://b'], containerID: 'containerd://c', unreadySince: 17 }],
      ['proxy', { restartCount: 0, dead: [] }],
    ]),
  };
  expect(unpackMemory(packMemory(memory))).toEqual(memory);
});

test('what was packed knows the hash of its bytes, and no other', () => {
  const memory = { namespace: 'AAAAAAAAAAAAAAAA', name: 'p', hash: 'h', containers: new Map() };
  const packed = packMemory(memory, 'BBBBBBBBBBBBBBBB');
  expect(unpackMemory(packed)).toEqual(memory);
  expect(['BBBBBBBBBBBBBBBB', 'BBBBBBBBBBBBBBB', 'AAAAAAAAAAAAAAAA', ''].map((rawHash) => isPackedFrom(packed, rawHash))).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(isPackedFrom(packMemory(memory), 'BBBBBBBBBBBBBBBB')).toBe(false);
});
