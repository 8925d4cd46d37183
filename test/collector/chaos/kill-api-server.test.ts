import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { KubeConfig } from '@kubernetes/client-node';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Clock } from '#core/ports.ts';
import { createCollector, type Collector } from '../../../collector/create-collector.ts';
import { createKey } from '../../../functions/usecases/create-key.ts';
import { kubeconfigFor } from '../../../replay/kubeconfig.ts';
import { loadRecording } from '../../../replay/load-recording.ts';
import { replayScript } from '../../../replay/replay-script.ts';
import { bundleWhole } from '../../support/bundle-child.ts';
import { startTestServer } from '../../support/replayed.ts';
import { recordingDir } from '../../support/truth.ts';
import { createSilentLogger } from '../support/silent-logger.ts';
import { expectAllAccounted } from './support/account.ts';
import type { ApiOrder } from './support/api-child.ts';
import { createFastClock, type Pace } from './support/fast-clock.ts';
import { startFlakyEndpoint } from './support/flaky-endpoint.ts';
import { chaosSeed, killsAsked, roundsFrom, say, type Round } from './support/rounds.ts';
import { seeded } from './support/seeded.ts';
import { createWarmChildren, endChild } from './support/warm-children.ts';

const killsWanted = killsAsked(100);

let bundle: string;
beforeAll(async () => {
  bundle = await bundleWhole('test/collector/chaos/support/api-child.ts');
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A real pause before a server that was killed is back. */
const downMs = (random: () => number): number => random() * 200;
const lifetimeMs = (random: () => number): number => 100 + random() * 1200;

/** Plays the recordings once through API servers that live and die on one port, past one collector; returns how many were killed. */
async function playRound({ recordings, times, seed }: Round & { seed: number }, most: number): Promise<number> {
  const random = seeded(seed);
  const dirs = recordings.map(recordingDir);
  const { startAt, endAt } = replayScript(await Promise.all(dirs.map((dir) => loadRecording(dir))));
  const servers = createWarmChildren(bundle, dirs);
  const server = await startTestServer();
  const endpoint = await startFlakyEndpoint(server.url, seeded(seed + 1_000_000));
  onTestFinished(async () => {
    await servers.close();
    await endpoint.close();
    await server.close();
  });
  const port = await freePort();
  let api = await servers.next();
  const pace: Pace = { times, begun: Date.now(), from: startAt.getTime() };
  const serve = async (): Promise<void> => {
    api.send({ port, pace } satisfies ApiOrder);
    await once(api, 'message');
  };
  await serve();
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(kubeconfigFor(`http://127.0.0.1:${port}`));
  const clock = createFastClock(pace);
  const collector = createCollector({
    kubeConfig,
    server: { url: endpoint.url, key: await createKey(server.deps, 'chaos') },
    cluster: 'chaos',
    name: 'collector',
    version: '0',
    namespaces: [],
    clock,
    random,
    logger: createSilentLogger(),
  });
  const stop = new AbortController();
  const run = collector.run(stop.signal);
  let kills = 0;
  while (clock.now() < endAt && kills < most) {
    await delay(lifetimeMs(random));
    await endChild(api, random() < 0.25 ? 'SIGTERM' : 'SIGKILL');
    kills += 1;
    await delay(downMs(random));
    api = await servers.next();
    await serve();
  }
  await delay(Math.max(0, endAt.getTime() - clock.now().getTime()) / times);
  endpoint.heal();
  await untilWatching(collector, clock);
  stop.abort();
  await run;
  await expectAllAccounted(recordings, endpoint.stored, server);
  return kills;
}

/** A source that waits for its next try is quiet too; and a server says only on an open watch that its version has expired. */
async function untilWatching(collector: Collector, clock: Clock): Promise<void> {
  const areOpen = (): boolean => collector.status().sources.every(({ phase }) => phase === 'open');
  for (let looks = 0; looks < 3; looks = areOpen() ? looks + 1 : 0) await clock.sleep(2000);
  await collector.quiet(new Map());
}

test(`the API server killed ${killsWanted} times at random: each termination is captured or listed as a gap, none counts twice`, async () => {
  let kills = 0;
  for (const round of roundsFrom(chaosSeed())) {
    if (kills >= killsWanted) break;
    const killed = await playRound(round, killsWanted - kills);
    kills += killed;
    say(`round of seed ${round.seed}: ${killed} kills, ${kills} together`);
  }
  expect(kills).toBe(killsWanted);
});
