import type { ChildProcess } from 'node:child_process';
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
import { bundleWhole } from '../../support/bundle-child.ts';
import { startTestServer } from '../../support/replayed.ts';
import { recordingDir } from '../../support/truth.ts';
import { expectAllAccounted } from './support/account.ts';
import type { CollectorOrder } from './support/collector-child.ts';
import { startFlakyEndpoint } from './support/flaky-endpoint.ts';
import { chaosSeed, killsAsked, roundsFrom, say, type Round } from './support/rounds.ts';
import { seeded } from './support/seeded.ts';
import { createWarmChildren, endChild, type WarmChildren } from './support/warm-children.ts';

const killsWanted = killsAsked(200);

let bundle: string;
beforeAll(async () => {
  bundle = await bundleWhole('test/collector/chaos/support/collector-child.ts');
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

/** Some die while they start, most at work: how long a start takes is the machine's affair. */
async function live(child: ChildProcess, random: () => number): Promise<void> {
  const startsOnly = random() < 0.4;
  const lifetimeMs = random() * (startsOnly ? 300 : 400);
  if (!startsOnly) await Promise.race([once(child, 'message'), once(child, 'exit'), delay(10_000)]);
  await delay(lifetimeMs);
}

/** The last one is left alone until everything is told. */
async function finish(child: ChildProcess, order: CollectorOrder): Promise<void> {
  child.send({ ...order, finish: true });
  const told: unknown[] = [];
  child.on('message', (message) => void told.push(message));
  await once(child, 'exit');
  expect(told).toEqual(['watching', expect.objectContaining({ left: 0 })]);
}

/** Plays the recordings once while collectors live and die over one folder; returns how many were killed. */
async function playRound({ recordings, times, seed }: Round & { seed: number }, children: WarmChildren, most: number): Promise<number> {
  const random = seeded(seed);
  const api = apiFaults(random);
  const server = await startTestServer();
  const endpoint = await startFlakyEndpoint(server.url, seeded(seed + 1_000_000));
  const loaded = await Promise.all(recordings.map((name) => loadRecording(recordingDir(name))));
  const replay = await startReplay({ recordings: loaded, pace: { times }, fault: api.hook });
  onTestFinished(async () => {
    await replay.close();
    await endpoint.close();
    await server.close();
  });
  const order: CollectorOrder = {
    dir: mkdtempSync(join(tmpdir(), 'mortem-chaos-')),
    kubeconfig: replay.kubeconfig,
    url: endpoint.url,
    key: await createKey(server.deps, 'chaos'),
    pace: { times, begun: Date.now(), from: replay.clock.now().getTime() },
    finish: false,
  };
  const over = new AbortController();
  const played = replay.play().then(() => over.abort());
  let kills = 0;
  while (!over.signal.aborted && kills < most) {
    const child = await children.next();
    child.send(order);
    await Promise.race([played, live(child, random)]);
    await endChild(child, 'SIGKILL');
    kills += 1;
  }
  await played;
  api.heal();
  endpoint.heal();
  await finish(await children.next(), order);
  await expectAllAccounted(recordings, endpoint.stored, server);
  return kills;
}

test(`killed ${killsWanted} times at random, with the endpoint failing too: each termination is captured or listed as a gap, none counts twice`, async () => {
  const children = createWarmChildren(bundle);
  onTestFinished(() => children.close());
  let kills = 0;
  for (const round of roundsFrom(chaosSeed())) {
    if (kills >= killsWanted) break;
    const killed = await playRound(round, children, killsWanted - kills);
    kills += killed;
    say(`round of seed ${round.seed}: ${killed} kills, ${kills} together`);
  }
  expect(kills).toBe(killsWanted);
});
