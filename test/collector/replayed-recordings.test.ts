import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { LogObservation } from '#core/wire/log.ts';
import type { Observation } from '#core/wire/observation.ts';
import { recordedLines } from './support/recorded.ts';
import { replayThrough } from './support/replay-through.ts';

const recordings = readdirSync(join(import.meta.dirname, '../recordings'));
const sorted = (observations: readonly Observation[]) => observations.map((one) => JSON.stringify(one)).toSorted();
const logsOf = (observations: readonly Observation[]) => observations.filter((one): one is LogObservation => one.kind === 'log');

describe.each(recordings)('%s', (recording) => {
  test('two replays give identical observations; nothing fails, nothing is missed', async () => {
    const once = await replayThrough(recording);
    const again = await replayThrough(recording);
    expect(sorted(again.observations)).toEqual(sorted(once.observations));
    expect(once.logger.lines).toEqual([]);
    expect(once.status.spool.observations).toBe(0);
    expect(new Set(once.observations.map(({ id }) => id)).size).toBeGreaterThan(once.observations.length * 0.8);
  });

  test('every event and every death of the recording is there, each death with its log or the reason', async () => {
    const { observations } = await replayThrough(recording);
    const events = new Set(observations.flatMap((one) => (one.kind === 'event' ? [`${one.uid} ${one.resourceVersion}`] : [])));
    const recordedEvents = recordedLines(recording, 'events').map(({ object }) => {
      const { uid, resourceVersion } = Object.assign({ uid: '', resourceVersion: '' }, object.metadata);
      return `${uid} ${resourceVersion}`;
    });
    expect([...events].toSorted()).toEqual([...new Set(recordedEvents)].toSorted());
    const deaths = new Set(
      observations.flatMap((one) =>
        one.kind === 'pod'
          ? one.containers.flatMap(({ state, lastState }) => [state?.terminated?.containerID, lastState?.terminated?.containerID])
          : [],
      ),
    );
    deaths.delete(undefined);
    const logged = logsOf(observations).filter(({ final }) => final);
    expect(logged).toHaveLength(deaths.size);
    expect(new Set(logged.map(({ containerID }) => containerID))).toEqual(deaths);
    for (const log of logged) expect(log.text ?? log.missing?.reason).toBeDefined();
  });
});

test('s12: the log of each death is its own, also where the kubelet had begun the next instance already', async () => {
  const { observations } = await replayThrough('s12-oom-main', ['s12-oom-main']);
  const logs = logsOf(observations);
  expect(logs.map(({ restartCount, final, workload }) => ({ restartCount, final, workload: `${workload.kind}/${workload.name}` }))).toEqual(
    [0, 1, 2, 3].map((restartCount) => ({ restartCount, final: true, workload: 'Deployment/cache' })),
  );
  const warmUp = [8, 16, 24, 32, 40, 48, 56].map((size) => `cache warm-up: ${size} MiB loaded\n`).join('');
  expect(logs.map(({ text }) => text)).toEqual([warmUp, warmUp, warmUp, warmUp]);
});

test('s24: the log of each death began when that instance did', async () => {
  const logs = logsOf((await replayThrough('s24-seed-story')).observations).filter(({ pod, final }) => final && pod.includes('9gp79'));
  expect(logs.map(({ text = '' }) => /"time":"([^"]{19})/.exec(text)?.[1])).toEqual([
    '2026-11-22T11:06:19',
    '2026-11-22T11:06:27',
    '2026-11-22T11:06:46',
    '2026-11-22T11:07:17',
  ]);
});

test('s10: a container that runs and is not ready is heard once', async () => {
  const logs = logsOf((await replayThrough('s10-readiness-failing')).observations);
  expect(logs.map(({ container, final }) => [container, final])).toEqual([['checkout', false]]);
});

test('s34: no planted credential is shipped, and the redactions are counted', async () => {
  const { observations } = await replayThrough('s34-large-dirty-log-crash');
  const sent = JSON.stringify(observations);
  for (const secret of ['Sup3rS3cret', 'eyJhbGciOiJIUzI1NiJ9', 'wJalrXUtnFEMIK7MDENG']) expect(sent).not.toContain(secret);
  const redacted = observations.find((one) => one.kind === 'coverage' && one.note === 'redacted');
  expect(redacted).toMatchObject({ counts: { authorization: 4, 'named-pair': 4, 'url-userinfo': 4 } });
});

test('s24: the chain of the first pod, and the heartbeats from the first to the last moment', async () => {
  const { observations } = await replayThrough('s24-seed-story');
  expect(observations.find(({ kind }) => kind === 'pod')).toMatchObject({
    workload: {
      kind: 'Deployment',
      name: 'payments-api',
      chain: [
        { kind: 'ReplicaSet', name: 'payments-api-697f5c644c' },
        { kind: 'Deployment', name: 'payments-api' },
      ],
    },
  });
  const beats = observations.flatMap((one) => (one.kind === 'coverage' && one.note === 'heartbeat' ? [one] : []));
  expect(beats[0]?.watches).toHaveLength(9);
  expect(Date.parse(beats.at(-1)?.to ?? '')).toBeGreaterThanOrEqual(Date.parse(recordedLines('s24-seed-story', 'pods').at(-1)?.at ?? ''));
});
