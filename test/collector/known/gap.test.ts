import { mkdtempSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import type { PodMemory } from '../../../collector/detect/pod-memory.ts';
import { createGapCount } from '../../../collector/known/gap-count.ts';
import { openKnownPods } from '../../../collector/known/known-pods.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createSilentLogger } from '../support/silent-logger.ts';
import { pod, startCollector } from '../support/start-collector.ts';

const ended = (containerID: string) => ({ terminated: { exitCode: 1, reason: 'Error', containerID, finishedAt: '2026-11-22T11:00:00Z' } });
const crashed = { restartCount: 4, containerID: 'x4', state: { running: {} }, lastState: ended('x3') };

function notesIn(observations: readonly Observation[]): readonly unknown[] {
  return observations.flatMap((one) =>
    one.kind === 'coverage' && (one.note === 'watch-gap' || one.note === 'backfilled')
      ? [[one.note, one.from, one.to, one.namespace, one.reason, one.counts]]
      : [],
  );
}

const from = '2026-11-22T11:00:00.000Z';
const to = '2026-11-22T11:00:01.000Z';
const shown = "1 terminations of this time were read from the pods' status afterwards";

test('after a relist: what the status still shows is back-filled, what only restartCount proves is a gap, and nothing is told twice', async () => {
  const gone = { ...pod('91'), metadata: { ...pod('91').metadata, name: 'q', uid: 'v' } };
  const objects: { pods: object[] } = { pods: [pod('90', { restartCount: 1, containerID: 'x1' }), gone] };
  const { collector, cluster, clock, observations, end } = await startCollector({ objects });
  await collector.quiet(new Map());
  objects.pods = [pod('120', crashed)];
  for (const times of [1, 2]) {
    const watch = await cluster.watch('pods');
    watch.line('ERROR', { kind: 'Status', code: 410, message: 'too old' });
    watch.end();
    await clock.sleeping(1000 * times);
    await clock.advance(1000 * times);
    await collector.quiet(new Map());
    expect(collector.status().sources.find(({ resource }) => resource === 'pods')?.relists).toBe(times);
  }
  await end();
  const unseen = '1 pods are gone and how they ended was not seen: q; 2 terminations are proved by restartCount alone: 2 of p/c';
  expect(notesIn(observations)).toEqual([
    ['watch-gap', from, to, 'n', unseen, { gone: 1, restartsUnseen: 2 }],
    ['backfilled', from, to, 'n', shown, { terminations: 1 }],
  ]);
  const logs = observations.flatMap((one) => (one.kind === 'log' ? [one.containerID] : []));
  expect(logs).toEqual(['x3']);
});

test('after a restart: the journal says what the process before had seen', async () => {
  const clock = createManualClock();
  const options = { dir: mkdtempSync(join(tmpdir(), 'mortem-known-')), clock, logger: createSilentLogger() };
  const before = await openKnownPods(options);
  const containers = new Map([['c', { restartCount: 2, containerID: 'x2', dead: ['x2'] }]]);
  const memory: PodMemory = { namespace: 'n', name: 'p', hash: '', containers };
  await before.remember('u', memory);
  await before.remember('v', { ...memory, name: 'q' });
  await before.close();
  const known = await openKnownPods(options);
  const { collector, observations, end } = await startCollector({ objects: { pods: [pod('120', crashed)] }, options: { known } });
  await collector.quiet(new Map());
  await end();
  expect(notesIn(observations)).toEqual([
    ['watch-gap', from, from, 'n', '1 pods are gone and how they ended was not seen: q', { gone: 1, restartsUnseen: 0 }],
    ['backfilled', from, from, 'n', shown, { terminations: 1 }],
  ]);
  await known.close();
});

const reason = 'nobody watched: pods that came and went in this time were not seen';
const away = '2026-11-22T11:00:07.000Z';

test.each([
  { kept: 'nowhere: it is told at the end', told: [['watch-gap', from, away, undefined, reason, undefined]], lastAt: undefined },
  { kept: 'in the journal: the next process tells it', told: [], lastAt: from },
])('stopped while the server was away, and what it knew kept $kept', async ({ told, lastAt }) => {
  const clock = createManualClock();
  const options = { dir: mkdtempSync(join(tmpdir(), 'mortem-known-')), clock, logger: createSilentLogger() };
  const known = lastAt === undefined ? undefined : await openKnownPods(options);
  const answers: Record<string, (response: ServerResponse) => void> = {};
  const run = await startCollector({ objects: { pods: [pod('90')] }, answers, ...(known && { options: { known } }) });
  await run.collector.quiet(new Map());
  answers['/api/v1/pods'] = (response) => void response.destroy();
  (await run.cluster.watch('pods')).reset();
  for (const ms of [1000, 2000, 4000]) {
    await run.clock.sleeping(ms);
    await run.clock.advance(ms);
  }
  await run.clock.sleeping(8000);
  await run.end();
  await known?.close();
  expect(notesIn(run.observations)).toEqual(told);
  const next = known === undefined ? undefined : await openKnownPods(options);
  expect(next?.lastAt?.toISOString()).toBe(lastAt);
});

test('a pod that was born in the gap has all its ends in it', () => {
  const gap = createGapCount();
  const neverSeen = { namespace: 'n', name: 'p', containers: new Map([['c', { restartCount: 0, hasEnded: false }]]) };
  gap.compare(neverSeen, [
    { name: 'c', role: 'app', image: 'i', restartCount: 2, lastState: { terminated: { exitCode: 1, containerID: 'x1' } } },
  ]);
  const at = new Date(from);
  const notes = gap.take({ collector: 'c1', resource: 'pods', from: at, to: at });
  expect(notes.map(({ note, counts }) => [note, counts])).toEqual([
    ['watch-gap', { gone: 0, restartsUnseen: 1 }],
    ['backfilled', { terminations: 1 }],
  ]);
  expect(gap.take({ collector: 'c1', resource: 'pods', from: at, to: at })).toEqual([]);
});
