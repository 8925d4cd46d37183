import { expect, test } from 'vitest';
import type { Fold } from '#core/fold/fold.ts';
import { continueReport, reportWorkload } from '#core/report/report-workload.ts';
import { container, ended, instant, key, pod, running } from '../../support/build-observations.ts';

const alive = pod(10, { containers: [container({ ready: true, containerID: 'containerd://a', state: running(5) })] });

function foldOf(): Fold {
  const fold = reportWorkload(key, [alive], instant(4000)).ledger.fold?.next;
  if (fold === undefined) throw new Error('nothing was folded');
  return fold;
}

test('a build that finds nothing new of the past continues the one before', () => {
  const fold = foldOf();
  const continued = continueReport({ key, observations: [alive], fold }, instant(4100));
  expect(fold.before).toBe(instant(3100));
  expect(continued?.ledger.fold).toMatchObject({ since: instant(3100), next: { before: instant(3200) } });
  expect(continued?.incidents).toEqual([]);
});

test('a young record that tells of an old death wants everything to be built', () => {
  const status = { ready: true, restartCount: 1, containerID: 'containerd://b', state: running(1000) };
  const young = pod(4050, { containers: [container({ ...status, lastState: ended('containerd://a', 1, 5, 990) })] });
  expect(continueReport({ key, observations: [alive, young], fold: foldOf() }, instant(4100))).toBeUndefined();
});

test('an incident that is over wants its documents, which are made from everything', () => {
  const status = { restartCount: 1, containerID: 'containerd://b' };
  const died = pod(3500, { containers: [container({ containerID: 'containerd://a', state: ended('containerd://a', 1, 5, 3500) })] });
  const back = pod(3510, { containers: [container({ ...status, ready: true, state: running(3510) })] });
  const records = { key, observations: [alive, died, back], fold: foldOf() };
  expect(continueReport(records, instant(3600))?.incidents.map(({ incident }) => incident.status)).toEqual(['recovered']);
  expect(continueReport(records, instant(4100))).toBeUndefined();
});
