import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { createKey } from '../../../functions/usecases/create-key.ts';
import type { Fault, FaultRequest } from '../../../replay/fault.ts';
import { loadRecording } from '../../../replay/load-recording.ts';
import { startReplay } from '../../../replay/play.ts';
import { bundleChild } from '../../support/bundle-child.ts';
import { startTestServer } from '../../support/replayed.ts';
import { recordingDir } from '../../support/truth.ts';
import type { ChildOptions } from './support/collector-child.ts';
import { startFlakyEndpoint } from './support/flaky-endpoint.ts';
import { seeded } from './support/seeded.ts';
import { capturedIn, countedAsMissed, listedAsGap, terminationsOf } from './support/terminations.ts';

let bundle: string;
beforeAll(async () => {
  bundle = await bundleChild('test/collector/chaos/support/collector-child.ts');
});

/** The replayed API fails too: each tenth request, in one of its ways. */
function apiFaults(random: () => number): { hook: (request: FaultRequest) => Fault | undefined; heal: () => void } {
  let isHealed = false;
  const faults: readonly Fault[] = [{ status: 500 }, { status: 429, headers: { 'retry-after': '1' } }, 'destroy', { cutAfterBytes: 3000 }];
  return {
    hook: ({ path }) => (isHealed || path === '/version' || random() > 0.1 ? undefined : faults[Math.floor(random() * faults.length)]),
    heal: () => void (isHealed = true),
  };
}

function startChild(options: ChildOptions): ChildProcess {
  const child = fork(bundle, [JSON.stringify(options)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

const times = 3;

async function playWithKills(recordings: readonly string[], seed: number) {
  const random = seeded(seed);
  const api = apiFaults(random);
  const server = await startTestServer();
  const endpoint = await startFlakyEndpoint(server.url, seeded(seed + 100));
  const loaded = await Promise.all(recordings.map((name) => loadRecording(recordingDir(name))));
  const replay = await startReplay({ recordings: loaded, pace: { times }, fault: api.hook });
  onTestFinished(async () => {
    await replay.close();
    await endpoint.close();
    await server.close();
  });
  const key = await createKey(server.deps, 'chaos');
  const dir = mkdtempSync(join(tmpdir(), 'mortem-chaos-'));
  const options = {
    dir,
    kubeconfig: replay.kubeconfig,
    url: endpoint.url,
    key,
    times,
    begun: Date.now(),
    from: replay.clock.now().getTime(),
  };
  const over = new AbortController();
  const played = replay.play().then(() => over.abort());
  let kills = 0;
  while (!over.signal.aborted) {
    const child = startChild(options);
    await Promise.race([played, delay(600 + random() * 1600)]);
    await killed(child);
    kills += 1;
  }
  api.heal();
  endpoint.heal();
  const last = startChild(options);
  last.send('finish');
  const [told] = await once(last, 'message');
  await server.idle();
  return {
    kills,
    told,
    stored: endpoint.stored,
    faults: endpoint.faults,
    incidents: await server.deps.store.incidents({ cluster: 'chaos' }),
  };
}

test.each([
  [['s05-crash-missing-env', 's12-oom-main', 's19-init-crash'], 1],
  [['s20-sidecar-crash', 's22-statefulset-crash', 's29-daemonset-crash'], 2],
])('%j, killed at random: each termination is captured or listed as a gap, none is counted twice', async (recordings, seed) => {
  const { kills, told, stored, faults, incidents } = await playWithKills(recordings, seed);
  const terminations = recordings.flatMap(terminationsOf);
  const captured = capturedIn(stored);
  const missing = terminations.filter(({ containerID }) => !captured.has(containerID));
  expect(terminations.length).toBeGreaterThan(8);
  expect(kills).toBeGreaterThanOrEqual(5);
  expect(told).toMatchObject({ left: 0 });
  expect(Object.keys(faults).length).toBeGreaterThan(1);
  const silent = missing.filter((one) => {
    const ofSame = missing.filter(({ pod, container }) => pod === one.pod && container === one.container);
    return Math.max(listedAsGap(stored, one), countedAsMissed(incidents, one)) < ofSame.length;
  });
  expect(silent).toEqual([]);
  const counted = incidents.map(({ coverage }) => coverage);
  expect(counted.reduce((sum, { terminationsSeen }) => sum + terminationsSeen, 0)).toBeLessThanOrEqual(captured.size);
  expect(counted.reduce((sum, { terminationsKnown }) => sum + terminationsKnown, 0)).toBeLessThanOrEqual(terminations.length);
});
