import { describe, expect, test } from 'vitest';
import type { SendResult } from '../../collector/ship/judge-response.ts';
import { sendJson } from './support/api-double.ts';
import { isSettled, pod, startCollector } from './support/start-collector.ts';

describe('quiet', () => {
  test('comes when all lists are done and all watches are open', async () => {
    const { collector } = await startCollector();
    await collector.quiet(new Map());
    expect(collector.status().sources.map(({ resource, phase, resourceVersion }) => [resource, phase, resourceVersion])).toEqual(
      ['deployments', 'replicasets', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs', 'nodes', 'pods', 'events'].map((resource) => [
        resource,
        'open',
        '100',
      ]),
    );
  });

  test('waits for the line that was written last, whatever else is at rest', async () => {
    const { collector, cluster } = await startCollector();
    await collector.quiet(new Map());
    const quiet = collector.quiet(new Map([['pods', '101']]));
    expect(await isSettled(quiet)).toBe(false);
    (await cluster.watch('pods')).line('ADDED', pod('101'));
    await quiet;
    expect(collector.status().pods).toBe(1);
  });

  test('a bookmark is a line too, and resources that are not watched do not count', async () => {
    const { collector, cluster } = await startCollector();
    await collector.quiet(new Map());
    const quiet = collector.quiet(
      new Map([
        ['jobs', '200'],
        ['resourcequotas', '999'],
      ]),
    );
    expect(await isSettled(quiet)).toBe(false);
    (await cluster.watch('jobs')).line('BOOKMARK', { metadata: { resourceVersion: '200' } });
    await quiet;
  });

  test('waits for the log of a death, but not for a pause on the clock', async () => {
    const held = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const state = { terminated: { exitCode: 1, containerID: 'x', finishedAt: '2026-11-22T11:00:00Z' } };
    const { collector, cluster, clock } = await startCollector({
      answers: {
        '/api/v1/namespaces/n/pods/p': (response) => sendJson(response, 200, pod('101', { state })),
        '/api/v1/namespaces/n/pods/p/log': (response) => {
          held.resolve();
          void release.promise.then(() => response.writeHead(500).end('{}'));
        },
      },
    });
    await collector.quiet(new Map());
    (await cluster.watch('pods')).line('ADDED', pod('101', { state }));
    const quiet = collector.quiet(new Map([['pods', '101']]));
    await held.promise;
    expect(await isSettled(quiet)).toBe(false);
    release.resolve();
    await quiet;
    expect(clock.sleepers()).toContain(1000);
  });

  test('waits for a shipment', async () => {
    const gate = Promise.withResolvers<SendResult>();
    const { collector, cluster, clock } = await startCollector({ answer: () => gate.promise });
    await collector.quiet(new Map());
    (await cluster.watch('pods')).line('ADDED', pod('101', { state: { waiting: { reason: 'ErrImagePull' } } }));
    await collector.quiet(new Map([['pods', '101']]));
    await clock.advance(500);
    const quiet = collector.quiet(new Map());
    expect(await isSettled(quiet)).toBe(false);
    gate.resolve({ kind: 'answered', status: 202, body: '{}' });
    await quiet;
  });
});
