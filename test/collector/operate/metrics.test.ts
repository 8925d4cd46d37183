import { expect, test } from 'vitest';
import type { CollectorStatus } from '../../../collector/create-collector.ts';
import { createMetrics } from '../../../collector/operate/metrics.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { pod, startCollector } from '../support/start-collector.ts';

const quiet: CollectorStatus = {
  sources: [],
  spool: { observations: 0, bytes: 0, dropped: 0 },
  shipped: { batches: 0, observations: 0, rejected: 0 },
  logs: { taken: 0, missing: 0, skipped: 0 },
  logsWaiting: 0,
  usage: { requests: { answered: 0, refused: 0, failed: 0 }, containers: 0, samples: 0 },
  pods: 0,
  inFlight: 0,
  redactions: {},
  notes: {},
};

function metricsOf(status: () => CollectorStatus) {
  const clock = createManualClock();
  const metrics = createMetrics({ status, clock, version: '1.2.3', residentBytes: () => 123_456 });
  return { clock, values: async () => (await metrics.render()).split('\n').filter((line) => line !== '' && !line.startsWith('#')) };
}

test('a status with something of everything', async () => {
  const { values } = metricsOf(() => ({
    sources: [
      {
        resource: 'pods',
        namespace: 'shop',
        phase: 'open',
        resourceVersion: '7',
        upToDateAt: new Date('2026-11-22T10:59:30Z'),
        relists: 2,
      },
      { resource: 'nodes', phase: 'refused', relists: 0, lastFault: 'forbidden' },
    ],
    spool: { observations: 3, bytes: 900, dropped: 4, degraded: 'ENOSPC' },
    shipped: { batches: 5, observations: 60, rejected: 1, lastFault: '503' },
    logs: { taken: 8, missing: 9, skipped: 12 },
    logsWaiting: 13,
    usage: { requests: { answered: 14, refused: 15, failed: 16 }, containers: 17, samples: 18 },
    pods: 10,
    inFlight: 2,
    redactions: { jwt: 11 },
    notes: { 'watch-gap': 19 },
  }));
  expect((await values()).toSorted()).toEqual(
    [
      'mortem_collector_build_info{version="1.2.3"} 1',
      'mortem_collector_logs_total{outcome="missing"} 9',
      'mortem_collector_logs_total{outcome="skipped"} 12',
      'mortem_collector_logs_total{outcome="taken"} 8',
      'mortem_collector_logs_waiting 13',
      'mortem_collector_coverage_notes_total{note="watch-gap"} 19',
      'mortem_collector_usage_containers 17',
      'mortem_collector_usage_requests_total{outcome="answered"} 14',
      'mortem_collector_usage_requests_total{outcome="failed"} 16',
      'mortem_collector_usage_requests_total{outcome="refused"} 15',
      'mortem_collector_usage_samples 18',
      'mortem_collector_pods 10',
      'mortem_collector_redactions_total{rule="jwt"} 11',
      'mortem_collector_rejected_observations_total 1',
      'mortem_collector_relists_total{resource="nodes",namespace=""} 0',
      'mortem_collector_relists_total{resource="pods",namespace="shop"} 2',
      'mortem_collector_ship_failing 1',
      'mortem_collector_shipped_batches_total 5',
      'mortem_collector_shipped_observations_total 60',
      'mortem_collector_source_open{resource="nodes",namespace=""} 0',
      'mortem_collector_source_open{resource="pods",namespace="shop"} 1',
      'mortem_collector_source_refused{resource="nodes",namespace=""} 1',
      'mortem_collector_source_refused{resource="pods",namespace="shop"} 0',
      'mortem_collector_spool_bytes 900',
      'mortem_collector_spool_degraded 1',
      'mortem_collector_spool_dropped_total 4',
      'mortem_collector_spool_observations 3',
      'mortem_collector_watch_lag_seconds{resource="nodes",namespace=""} 0',
      'mortem_collector_watch_lag_seconds{resource="pods",namespace="shop"} 30',
      'mortem_collector_work_in_flight 2',
      'process_resident_memory_bytes 123456',
    ].toSorted(),
  );
});

test('counters are what the status says, not the sum of what it said', async () => {
  const { values } = metricsOf(() => ({ ...quiet, shipped: { batches: 5, observations: 60, rejected: 0 } }));
  await values();
  expect(await values()).toContain('mortem_collector_shipped_batches_total 5');
});

test('a watch lags since it last had handled everything, one that never had since the start', async () => {
  const handled: { upToDateAt?: Date } = {};
  const { clock, values } = metricsOf(() => ({ ...quiet, sources: [{ resource: 'pods', phase: 'open', relists: 0, ...handled }] }));
  const lag = async () => (await values()).find((line) => line.startsWith('mortem_collector_watch_lag_seconds'))?.split(' ')[1];
  expect(await lag()).toBe('0');
  await clock.advance(90_000);
  expect(await lag()).toBe('90');
  handled.upToDateAt = clock.now();
  expect(await lag()).toBe('0');
  await clock.advance(1_500);
  expect(await lag()).toBe('1.5');
});

test('two collectors in one process do not share numbers', async () => {
  const one = metricsOf(() => ({ ...quiet, pods: 1 }));
  const two = metricsOf(() => ({ ...quiet, pods: 2 }));
  expect(await one.values()).toContain('mortem_collector_pods 1');
  expect(await two.values()).toContain('mortem_collector_pods 2');
});

test('a whole collector: what it saw, redacted and shipped', async () => {
  const secret = { message: 'DATABASE_URL=postgres://app:hunter2@db:5432/app' };
  const status = { state: { waiting: { reason: 'CreateContainerConfigError', ...secret } } };
  const { collector, clock, end } = await startCollector({ objects: { pods: [pod('90', status)] }, forbidden: ['nodes'] });
  await collector.quiet(new Map());
  const { values } = metricsOf(() => collector.status());
  const before = await values();
  expect(before).toContain('mortem_collector_pods 1');
  expect(before).toContain('mortem_collector_source_open{resource="pods",namespace=""} 1');
  expect(before).toContain('mortem_collector_source_refused{resource="nodes",namespace=""} 1');
  expect(before).toContain('mortem_collector_work_in_flight 0');
  expect(before.filter((line) => line.startsWith('mortem_collector_redactions_total'))).toEqual([
    expect.stringMatching(/rule="[^"]+"} 1$/),
  ]);
  expect(before).not.toContain('mortem_collector_spool_observations 0');
  await clock.advance(250);
  await end();
  expect(await values()).toContain('mortem_collector_spool_observations 0');
  expect(await values()).toContain(`mortem_collector_shipped_observations_total ${collector.status().shipped.observations}`);
});
