import { readdirSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import { createCollector } from '../../../../collector/create-collector.ts';
import { openKnownPods } from '../../../../collector/known/known-pods.ts';
import { openFileSpool } from '../../../../collector/spool/file-spool.ts';
import { createReplayClock } from '../../../../replay/replay-clock.ts';
import { startChurningCluster } from './churning-cluster.ts';

// A day of a collector, as fast as it can follow; with --expose-gc, so that what is measured is what is kept.
export interface Sample {
  readonly hour: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly openFiles: number;
}

export interface SoakReport {
  readonly samples: readonly Sample[];
  readonly requests: number;
  readonly shipped: number;
  readonly logs: number;
  readonly pods: number;
  /** Memory samples that were held in the end. */
  readonly memorySamples: number;
  readonly relists: number;
  /** Active resources of the process and its open files, before the collector was made and after it ended. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

const [dir = '', hours = '24'] = process.argv.slice(2);
const minutes = Number(hours) * 60;

const openFiles = (): number => readdirSync('/proc/self/fd').length;

/** What keeps the process alive, but for its channel to the test. */
function activeResources(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((name) => name !== 'PipeWrap')
    .toSorted();
}

async function settled(): Promise<void> {
  // Sockets that were closed say so a moment later.
  for (let tries = 0; tries < 50 && activeResources().length > 0; tries++) await delay(20);
}

async function soak(): Promise<SoakReport> {
  const before = activeResources();
  const clock = createReplayClock(new Date('2026-11-22T00:00:00Z'));
  const cluster = await startChurningCluster(() => clock.now());
  const logger = { info() {}, warn() {}, error() {} };
  const [spool, known] = [await openFileSpool({ dir }), await openKnownPods({ dir, clock, logger })];
  const collector = createCollector({
    kubeConfig: cluster.kubeConfig,
    server: { url: cluster.url, key: 'key' },
    cluster: 'soak',
    name: 'collector',
    version: '0',
    namespaces: [],
    clock,
    random: () => 0.5,
    logger,
    spool,
    known,
  });
  const stop = new AbortController();
  const run = collector.run(stop.signal);

  /** Time moves from one sleeper to the next, and only while the collector has nothing to do. */
  async function reach(at: number): Promise<void> {
    await collector.quiet(cluster.sent);
    for (let next = clock.nextWakeAt(); next !== undefined && next.getTime() <= at; next = clock.nextWakeAt()) {
      clock.wakeNext();
      await nextTurn();
      await collector.quiet(cluster.sent);
    }
    clock.advanceTo(new Date(at));
  }

  const samples: Sample[] = [];
  for (let minute = 0; minute <= minutes; minute++) {
    if (minute % 4 === 3) cluster.endWatches(minute % 60 === 27 ? 'expired' : minute % 120 === 59 ? 'reset' : 'end');
    cluster.failLists(minute % 180 === 27);
    await nextTurn();
    await reach(clock.now().getTime() + 30_000);
    cluster.minute();
    await reach(clock.now().getTime() + 30_000);
    if (minute % 60 !== 0) continue;
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    samples.push({ hour: minute / 60, residentBytes: rss, heapBytes: heapUsed, openFiles: openFiles() });
  }
  const { logs, shipped, pods, sources, usage } = collector.status();
  stop.abort();
  await run;
  await Promise.all([spool.close(), known.close()]);
  await cluster.close();
  await settled();
  return {
    samples,
    requests: cluster.requests(),
    shipped: shipped.observations,
    logs: logs.taken,
    pods,
    memorySamples: usage.samples,
    relists: sources.reduce((sum, { relists }) => sum + relists, 0),
    before,
    after: activeResources(),
  };
}

const report = await soak();
process.send?.(report);
process.disconnect?.();
