import { expect, test } from 'vitest';
import { packMemory, unpackMemory } from '../../../collector/detect/pack-memory.ts';
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
