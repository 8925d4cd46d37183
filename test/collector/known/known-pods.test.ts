import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PodMemory } from '../../../collector/detect/pod-memory.ts';
import { openKnownPods } from '../../../collector/known/known-pods.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createSilentLogger } from '../support/silent-logger.ts';

const folder = (): string => mkdtempSync(join(tmpdir(), 'mortem-known-'));
const clock = createManualClock();
const open = (dir: string) => openKnownPods({ dir, clock, logger: createSilentLogger() });

function memory(name: string, restartCount: number, dead: readonly string[] = []): PodMemory {
  return { namespace: 'shop', name, hash: '', containers: new Map([['app', { containerID: `c${restartCount}`, restartCount, dead }]]) };
}

const known = (name: string, restartCount: number, hasEnded = false) => ({
  namespace: 'shop',
  name,
  containers: new Map([['app', { restartCount, hasEnded }]]),
});

test('the next process knows how far each pod came, and when that was', async () => {
  const dir = folder();
  const before = await open(dir);
  expect(before.lastAt).toBeUndefined();
  await before.remember('a', memory('pod-a', 0));
  await before.remember('a', memory('pod-a', 3, ['c3']));
  await before.remember('b', memory('pod-b', 1));
  await before.remember('c', memory('pod-c', 1));
  await before.forget('c');
  await clock.advance(60_000);
  before.versionOf('/api/v1/pods', { pods: true }).seenUpTo('now');
  await before.stillHere();
  const after = await open(dir);
  expect(after.lastAt?.toISOString()).toBe('2026-11-22T11:01:00.000Z');
  expect([after.take('a'), after.take('a'), after.take('c')]).toEqual([known('pod-a', 3, true), undefined, undefined]);
  expect([after.takeRest('other'), after.takeRest('shop'), after.takeRest(undefined)]).toEqual([[], [['b', known('pod-b', 1)]], []]);
});

test('a torn last line is what did not come to be said', async () => {
  const dir = folder();
  const before = await open(dir);
  await before.remember('a', memory('pod-a', 2));
  appendFileSync(join(dir, 'known-pods.ndjson'), '{"uid":"a","namespace":"shop","name":"pod-a","containers":{"app":[3');
  expect((await open(dir)).take('a')).toEqual(known('pod-a', 2));
});

test('only what is worth knowing is written, once', async () => {
  const dir = folder();
  const pods = await open(dir);
  for (const hash of ['1', '2', '3']) await pods.remember('a', { ...memory('pod-a', 0), hash });
  expect(readFileSync(join(dir, 'known-pods.ndjson'), 'utf8').match(/"uid":"a"/g)).toHaveLength(1);
});

test('how far each source was handled goes with the next line, and is said at the end', async () => {
  const dir = folder();
  const before = await open(dir);
  const pods = before.versionOf('/api/v1/pods', { pods: true });
  expect(pods.last).toBeUndefined();
  pods.note('10');
  await before.remember('a', memory('pod-a', 0));
  const killed = await open(dir);
  expect(killed.versionOf('/api/v1/pods', { pods: true }).last).toEqual({ version: '10', at: killed.lastAt });
  expect(killed.versionOf('/api/v1/events', { pods: false }).last).toBeUndefined();
  pods.note('11');
  before.versionOf('/api/v1/events', { pods: false }).note('9');
  await clock.advance(60_000);
  await before.close();
  const after = await open(dir);
  expect(['pods', 'events'].map((plural) => after.versionOf(`/api/v1/${plural}`, { pods: plural === 'pods' }).last?.version)).toEqual([
    '11',
    '9',
  ]);
  // The end says nothing of the minute before it.
  expect(after.lastAt).toEqual(killed.lastAt);
});

test('a source of pods that is behind holds back what another has seen', async () => {
  const dir = folder();
  const start = clock.now();
  const pods = await open(dir);
  const [shop, jobs] = ['shop', 'jobs'].map((namespace) => pods.versionOf(`/api/v1/namespaces/${namespace}/pods`, { pods: true }));
  const events = pods.versionOf('/api/v1/namespaces/shop/events', { pods: false });
  const lastAt = async () => (await open(dir)).lastAt;
  await clock.advance(60_000);
  await pods.remember('a', memory('pod-a', 0));
  expect(await lastAt()).toEqual(start);
  shop?.seenUpTo('now');
  jobs?.seenUpTo(new Date(start.getTime() + 30_000));
  events.seenUpTo(start);
  await clock.advance(60_000);
  await pods.remember('a', memory('pod-a', 1));
  expect(await lastAt()).toEqual(new Date(start.getTime() + 30_000));
  jobs?.seenUpTo('now');
  await pods.stillHere();
  expect(await lastAt()).toEqual(clock.now());
});
