import { expect, test } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import { observation } from '#core/wire/observation.ts';
import { createActivity } from '../../collector/activity.ts';
import { createHeartbeat } from '../../collector/heartbeat.ts';
import type { SkippedLogs } from '../../collector/enrich/log-fetcher.ts';
import { createRecorder } from '../../collector/recorder.ts';
import { createMemorySpool } from '../../collector/spool/memory-spool.ts';
import type { SourceState } from '../../collector/watch/resource-source.ts';
import { createManualClock, turn } from './support/manual-clock.ts';
import { createSilentLogger } from './support/silent-logger.ts';
import { AppendFault } from '../../collector/spool/append-fault.ts';
import { linesOf } from '../support/lines-of.ts';

const watched: readonly SourceState[] = [
  { resource: 'pods', phase: 'open', resourceVersion: '42', relists: 0 },
  { resource: 'jobs', namespace: 'shop', phase: 'waiting', relists: 0 },
  { resource: 'nodes', phase: 'refused', relists: 0 },
];

function setUp(maxBytes = 1_000_000) {
  const clock = createManualClock();
  const spool = createMemorySpool({ maxBytes });
  const urgencies: boolean[] = [];
  const activity = createActivity();
  const logger = createSilentLogger();
  const recorder = createRecorder({
    cluster: 'prod',
    spool,
    clock,
    random: () => 0.5,
    logger,
    activity,
    signal: new AbortController().signal,
    onAppended: (urgent) => urgencies.push(urgent),
  });
  const skipped: SkippedLogs[] = [];
  const logs = { takeSkipped: () => skipped.pop() };
  const heartbeat = createHeartbeat({ collector: 'c1', recorder, spool, sources: () => watched, logs, clock, activity });
  const sent = async (): Promise<Observation[]> =>
    (linesOf(await spool.peek(10_000_000)) ?? []).map((line): Observation => JSON.parse(line));
  return { clock, spool, recorder, heartbeat, activity, sent, urgencies, skipped };
}

const log = {
  kind: 'log' as const,
  namespace: 'n',
  pod: 'p',
  podUid: 'u',
  container: 'c',
  role: 'app' as const,
  workload: { kind: 'Pod', name: 'p', chain: [] },
  restartCount: 0,
  final: true,
  text: 'password=hunter2 token=abc\nredis://:x@h\n',
};

test('at the start and every minute, with what is watched and what is not refused', async () => {
  const { clock, heartbeat, sent, activity } = setUp();
  const stop = new AbortController();
  const run = heartbeat.run(stop.signal);
  await turn();
  await clock.advance(60_000);
  stop.abort();
  await run;
  const beats = await sent();
  expect(beats.map(({ observedAt }) => observedAt)).toEqual(['2026-11-22T11:00:00.000Z', '2026-11-22T11:01:00.000Z']);
  const { id, ...first } = beats[0]!;
  expect(id).toMatch(/^[0-9a-f]{64}$/);
  expect(first).toEqual({
    kind: 'coverage',
    observedAt: '2026-11-22T11:00:00.000Z',
    cluster: 'prod',
    collector: 'c1',
    note: 'heartbeat',
    from: '2026-11-22T11:00:00.000Z',
    to: '2026-11-22T11:00:00.000Z',
    watches: [
      { resource: 'pods', resourceVersion: '42' },
      { resource: 'jobs', namespace: 'shop' },
    ],
  });
  expect(beats.every((beat) => observation.safeParse(beat).success)).toBe(true);
  expect(clock.sleepers()).toEqual([]);
  expect(activity.isIdle()).toBe(true);
});

test('what was redacted since the last one is counted per rule, once', async () => {
  const { clock, heartbeat, recorder, sent } = setUp();
  await recorder.record(log, { urgent: true });
  await clock.advance(60_000);
  await heartbeat.beat();
  await heartbeat.beat();
  const notes = (await sent()).filter((sentOne) => sentOne.kind === 'coverage');
  expect(notes.map(({ note, counts, from, to }) => [note, counts, from, to])).toEqual([
    ['redacted', { 'named-pair': 2, 'url-userinfo': 1 }, '2026-11-22T11:00:00.000Z', '2026-11-22T11:01:00.000Z'],
    ['heartbeat', undefined, '2026-11-22T11:01:00.000Z', '2026-11-22T11:01:00.000Z'],
    ['heartbeat', undefined, '2026-11-22T11:01:00.000Z', '2026-11-22T11:01:00.000Z'],
  ]);
});

test('what the spool gave up is said', async () => {
  const { heartbeat, recorder, sent } = setUp(2000);
  for (let count = 0; count < 10; count++) await recorder.record({ ...log, restartCount: count });
  await heartbeat.beat();
  const note = (await sent()).find((sentOne) => sentOne.kind === 'coverage' && sentOne.note === 'spool-dropped');
  expect(note).toMatchObject({ counts: { log: expect.any(Number) }, from: '2026-11-22T11:00:00.000Z', to: '2026-11-22T11:00:00.000Z' });
});

test('what is recorded is redacted, named by its redacted content, stamped, and passed on as urgent or not', async () => {
  const { recorder, sent, urgencies, clock } = setUp();
  await recorder.record(log, { urgent: true, at: new Date('2026-11-22T10:59:59Z') });
  await clock.advance(5);
  await recorder.record({ kind: 'coverage', collector: 'c1', note: 'forbidden', from: '2026-11-22T11:00:00Z', to: '2026-11-22T11:00:00Z' });
  const [first, second] = await sent();
  expect(first).toMatchObject({
    observedAt: '2026-11-22T10:59:59.000Z',
    cluster: 'prod',
    text: 'password=[REDACTED:named-pair] token=[REDACTED:named-pair]\nredis://:[REDACTED:url-userinfo]@h\n',
    redactions: { 'named-pair': 2, 'url-userinfo': 1 },
  });
  expect(second?.observedAt).toBe('2026-11-22T11:00:00.005Z');
  expect(urgencies).toEqual([true, false]);
});

test('a disk that fails makes the observer wait, and nothing is lost', async () => {
  const { clock, spool, heartbeat, sent } = setUp();
  let faults = 2;
  const append = (observed: Observation): Promise<void> =>
    faults-- > 0 ? Promise.reject(new AppendFault(JSON.stringify(observed), new Error('EIO'))) : spool.append(observed);
  const dependencies = { cluster: 'prod', clock, random: () => 0.5, activity: createActivity(), signal: new AbortController().signal };
  const logger = createSilentLogger();
  const recorder = createRecorder({ ...dependencies, logger, spool: { ...spool, append }, onAppended: () => undefined });
  const recorded = dependencies.activity.run(() => recorder.record(log));
  for (const ms of [1000, 2000]) {
    await clock.sleeping(ms);
    expect([dependencies.activity.isIdle(), (await sent()).length]).toEqual([true, 0]);
    await clock.advance(ms);
  }
  await recorded;
  await heartbeat.beat();
  expect((await sent()).map(({ kind }) => kind)).toEqual(['log', 'coverage']);
  expect(logger.lines.map(({ event, fields }) => [event, fields.retryInMs])).toEqual([
    ['append-failed', 1000],
    ['append-failed', 2000],
  ]);
});

test('logs that were skipped are counted, once', async () => {
  const { clock, heartbeat, sent, skipped } = setUp();
  skipped.push({ deaths: 3, running: 1 });
  await clock.advance(60_000);
  await heartbeat.beat();
  await heartbeat.beat();
  const notes = (await sent()).flatMap((one) => (one.kind === 'coverage' && one.note === 'log-skipped' ? [one] : []));
  expect(notes.map(({ from, to, reason, counts }) => [from, to, reason, counts])).toEqual([
    [
      '2026-11-22T11:00:00.000Z',
      '2026-11-22T11:01:00.000Z',
      '4 logs were not asked for: too many were wanted at once',
      { deaths: 3, running: 1 },
    ],
  ]);
});
