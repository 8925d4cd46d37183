import { describe, expect, test } from 'vitest';
import { evictionCause } from '../../../core/causes/eviction-cause.ts';

describe('Evicted is three things (trap 36)', () => {
  test('the node ran short: the offender as kubelets of today name it', () => {
    expect(
      evictionCause(
        'The node was low on resource: memory. Threshold quantity: 100Mi, available: 50124Ki. Container api was using 812Mi, request is 256Mi, has larger consumption of memory. Container log was using 90Mi, request is 0, has larger consumption of memory. ',
      ),
    ).toEqual({
      cause: 'evicted-memory',
      kind: 'node-pressure',
      matched: 'The node was low on resource: memory',
      container: 'api',
      containers: [
        { name: 'api', usage: '812Mi', request: '256Mi' },
        { name: 'log', usage: '90Mi', request: '0' },
      ],
    });
  });

  test('the offender in the older words', () => {
    expect(
      evictionCause(
        'The node was low on resource: ephemeral-storage. Container executor was using 8164Ki, which exceeds its request of 0. Container x was using 1Mi, which exceeds its request of 512Ki.',
      ),
    ).toMatchObject({
      cause: 'evicted-ephemeral-storage',
      container: 'executor',
      containers: [
        { name: 'executor', usage: '8164Ki', request: '0' },
        { name: 'x', usage: '1Mi', request: '512Ki' },
      ],
    });
  });

  test.each([
    ['evicted-inodes', 'The node was low on resource: inodes. Threshold quantity: 5%, available: 3%. '],
    ['evicted-pids', 'The node was low on resource: pids. Threshold quantity: 10%, available: 2%. '],
    ['evicted-disk', 'The node was low on resource: [DiskPressure]. '],
    ['evicted-disk', 'The node was low on resource: nodefs.'],
    ['evicted-memory', 'The node was low on resource: [MemoryPressure].'],
  ])('%s: %s', (cause, message) => {
    expect(evictionCause(message)).toMatchObject({ cause, kind: 'node-pressure', containers: [] });
  });

  test.each([
    ['evicted-disk', 'Pod was rejected: The node had condition: [DiskPressure]. '],
    ['evicted-memory', 'The node had condition: [MemoryPressure]. '],
    ['evicted-pids', 'Pod was rejected: The node had condition: [PIDPressure DiskPressure]. '],
  ])('refused at admission, the pod never ran: %s, %s', (cause, message) => {
    expect(evictionCause(message)).toMatchObject({ cause, kind: 'admission', containers: [] });
  });

  test("the pod's own limits", () => {
    expect(evictionCause('Pod ephemeral local storage usage exceeds the total limit of containers 40Mi. ')).toEqual({
      cause: 'evicted-ephemeral-storage',
      kind: 'own-limit',
      matched: 'Pod ephemeral local storage usage exceeds the total limit of containers 40Mi',
      containers: [],
      limit: '40Mi',
    });
    expect(evictionCause('Container api exceeded its local ephemeral storage limit "1Gi". ')).toEqual({
      cause: 'evicted-ephemeral-storage',
      kind: 'own-limit',
      matched: 'Container api exceeded its local ephemeral storage limit "1Gi"',
      container: 'api',
      containers: [{ name: 'api' }],
      limit: '1Gi',
    });
    expect(evictionCause('Usage of EmptyDir volume "cache" exceeds the limit "500Mi". ')).toEqual({
      cause: 'evicted-emptydir-limit',
      kind: 'own-limit',
      matched: 'Usage of EmptyDir volume "cache" exceeds the limit "500Mi"',
      containers: [],
      volume: 'cache',
      limit: '500Mi',
    });
  });

  test.each([
    'Preempted in order to admit critical pod',
    'Pod was active on the node longer than the specified deadline',
    'Evicted pod: Underutilized',
    'The node had condition: [Sunny]. ',
    '',
  ])('none of them: %j (trap 37)', (message) => {
    expect(evictionCause(message)).toBeUndefined();
  });
});
