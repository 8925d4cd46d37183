import { gunzipSync } from 'node:zlib';
import { afterEach } from 'vitest';
import type { Observation } from '#core/wire/observation.ts';
import type { CollectorOptions } from '../../../collector/collector-options.ts';
import { createCollector } from '../../../collector/create-collector.ts';
import type { SendResult } from '../../../collector/ship/judge-response.ts';
import { createManualClock, turn } from './manual-clock.ts';
import { createSilentLogger } from './silent-logger.ts';
import { startSmallCluster, type SmallCluster, type SmallClusterOptions } from './small-cluster.ts';

export const cleanUps: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

/** A whole collector over a small cluster, by a clock that stands still. */
export async function startCollector(
  options: SmallClusterOptions & {
    namespaces?: readonly string[];
    answer?: () => Promise<SendResult>;
    options?: Pick<CollectorOptions, 'shard' | 'logs' | 'nodes' | 'usage' | 'known' | 'spool'>;
  } = {},
) {
  const cluster: SmallCluster = await startSmallCluster(options);
  const clock = createManualClock();
  const logger = createSilentLogger();
  const observations: Observation[] = [];
  const collector = createCollector({
    kubeConfig: cluster.kubeConfig,
    server: {
      async send(batch) {
        const result = (await options.answer?.()) ?? { kind: 'answered' as const, status: 202, body: '{}' };
        if (result.kind === 'answered' && result.status === 202) {
          observations.push(
            ...gunzipSync(batch.body)
              .toString('utf8')
              .trimEnd()
              .split('\n')
              .map((line): Observation => JSON.parse(line)),
          );
        }
        return result;
      },
    },
    cluster: 'prod',
    name: 'c1',
    version: '1.0.0',
    namespaces: options.namespaces ?? [],
    clock,
    random: () => 0.5,
    logger,
    usage: false,
    ...options.options,
  });
  const stop = new AbortController();
  const run = collector.run(stop.signal);
  const end = async () => {
    stop.abort();
    await run;
  };
  cleanUps.push(() => cluster.close(), end);
  return { cluster, clock, logger, observations, collector, end, run };
}

export const pod = (resourceVersion: string, status: object = {}, spec: object = {}) => ({
  metadata: { namespace: 'n', name: 'p', uid: 'u', resourceVersion, creationTimestamp: '2026-11-22T10:59:00Z' },
  spec: { containers: [{ name: 'c', image: 'i', ...spec }] },
  status: { containerStatuses: [{ name: 'c', restartCount: 0, ...status }] },
});
export const running = { containerID: 'x', ready: false, state: { running: { startedAt: '2026-11-22T11:00:00Z' } } };

/** True when the promise has settled once nothing is left to do but to wait. */
export async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  let settled = false;
  void promise.then(() => (settled = true));
  for (let turns = 0; turns < 20; turns++) await turn();
  return settled;
}
