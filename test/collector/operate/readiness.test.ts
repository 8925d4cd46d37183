import { expect, test } from 'vitest';
import type { CollectorStatus } from '../../../collector/create-collector.ts';
import { judgeReadiness } from '../../../collector/operate/readiness.ts';
import { startCollector } from '../support/start-collector.ts';

const statusOf = (sources: CollectorStatus['sources'], degraded?: string): CollectorStatus => ({
  sources,
  spool: { observations: 0, bytes: 0, dropped: 0, ...(degraded !== undefined && { degraded }) },
  shipped: { batches: 0, observations: 0, rejected: 0 },
  logs: { taken: 0, missing: 0, skipped: 0 },
  logsWaiting: 0,
  usage: { requests: { answered: 0, refused: 0, failed: 0 }, containers: 0, samples: 0 },
  pods: 0,
  inFlight: 0,
  redactions: {},
  notes: {},
});

test('listed, or refused, or listed and broken off since: ready', () => {
  const status = statusOf([
    { resource: 'pods', phase: 'open', resourceVersion: '1', relists: 0 },
    { resource: 'nodes', phase: 'refused', relists: 0 },
    { resource: 'events', phase: 'waiting', resourceVersion: '1', relists: 0, lastFault: 'gone' },
  ]);
  expect(judgeReadiness(status)).toEqual({ ready: true });
});

test('not listed yet: says which', () => {
  const status = statusOf([
    { resource: 'pods', namespace: 'shop', phase: 'starting', relists: 0 },
    { resource: 'jobs', phase: 'waiting', relists: 0, lastFault: '500' },
    { resource: 'nodes', phase: 'open', resourceVersion: '1', relists: 0 },
  ]);
  expect(judgeReadiness(status)).toEqual({ ready: false, detail: 'Not listed yet: shop/pods, jobs.' });
});

test('a spool that cannot be written: not ready', () => {
  expect(judgeReadiness(statusOf([], 'ENOSPC: no space left on device'))).toEqual({
    ready: false,
    detail: 'The spool cannot be written: ENOSPC: no space left on device.',
  });
});

test('a whole collector becomes ready when its lists are done or refused', async () => {
  const { collector } = await startCollector({ forbidden: ['nodes', 'events'] });
  expect(judgeReadiness(collector.status())).toMatchObject({ ready: false });
  await collector.quiet(new Map());
  expect(judgeReadiness(collector.status())).toEqual({ ready: true });
});
