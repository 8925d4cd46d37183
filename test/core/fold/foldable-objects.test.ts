import { expect, test } from 'vitest';
import { reportWorkload } from '#core/report/report-workload.ts';
import { at, container, imageID, instant, key, pod, running } from '../../support/build-observations.ts';

/** A pod that ran well for 100 s and was taken away. */
function gonePod(uid: string, seconds: number, tag: string) {
  const fields = { uid, name: `api-7d9f-${uid}`, createdAt: at(seconds) };
  const image = { image: `registry.example/shop/api:${tag}`, imageID, containerID: `containerd://${uid}` };
  const ran = { containers: [container({ ...image, ready: true, state: running(seconds) })] };
  const deletionTimestamp = at(seconds + 100);
  return [
    pod(seconds + 5, { ...fields, ...ran }),
    pod(seconds + 70, { ...fields, ...ran, deletionTimestamp, deletionGracePeriodSeconds: 30 }),
    pod(seconds + 100, { ...fields, ...ran, deletionTimestamp, deletionGracePeriodSeconds: 30, deleted: true }),
  ];
}

function foldedOf(...pods: ReturnType<typeof gonePod>[]): readonly string[] | undefined {
  return reportWorkload(key, pods.flat(), instant(20_000)).ledger.fold?.next?.uids;
}

test('of pods that are gone the oldest and the newest are still read, for others ask when the workload began and ended', () => {
  expect(foldedOf(gonePod('a', 0, '1'), gonePod('b', 200, '1'), gonePod('c', 400, '1'), gonePod('d', 600, '1'))).toEqual(['b', 'c']);
});

test('and so is the first that ran an image, for it tells the digest', () => {
  expect(foldedOf(gonePod('a', 0, '1'), gonePod('b', 200, '2'), gonePod('c', 400, '2'), gonePod('d', 600, '1'))).toEqual(['c']);
});
