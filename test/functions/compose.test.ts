import { expect, onTestFinished, test } from 'vitest';
import type { Clock } from '#core/ports.ts';
import { createApp } from '../../functions/app.ts';
import { compose, type ComposeOptions, type Deps } from '../../functions/compose.ts';
import { createKey } from '../../functions/usecases/create-key.ts';
import { redrive } from '../../functions/usecases/redrive.ts';
import { leaveBatch } from '../support/accepted-batch.ts';
import { heartbeat } from '../support/build-cluster-observations.ts';
import { incident, timeline, workloadReport } from '../support/build-incident.ts';
import { instant, pod } from '../support/build-observations.ts';
import { createManualClock } from '../support/manual-clock.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { observationsRequest } from '../support/send-batch.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

async function open(options: ComposeOptions = {}): Promise<{ deps: Deps; logger: ReturnType<typeof createRecordingLogger> }> {
  const logger = createRecordingLogger();
  const deps = compose({ dataDir: await temporaryDirectory(), logLevel: 'silent' }, { logger, ...options });
  onTestFinished(() => deps.close());
  return { deps, logger };
}

test('what is accepted can be queried once it is idle', async () => {
  const { deps } = await open({ report: () => workloadReport([{ incident: incident(), documents: [timeline()] }]) });
  const key = await createKey(deps, 'test');
  const app = createApp(deps);
  expect((await app.request('/v1/observations', observationsRequest(key, [pod(1)]))).status).toBe(202);
  await deps.idle();
  const response = await app.request('/v1/incidents', { headers: { authorization: `Bearer ${key}` } });
  expect(await response.json()).toEqual({ apiVersion: 'mortem.dev/v1', kind: 'IncidentList', items: [incident()] });
});

test('idle means evaluated at the latest data time', async () => {
  const watermarks: number[] = [];
  const { deps } = await open({
    clock: createManualClock(),
    report: (_key, _observations, watermark) => {
      watermarks.push(watermark);
      return workloadReport([{ incident: incident(), documents: [timeline()] }]);
    },
  });
  const key = await createKey(deps, 'test');
  const app = createApp(deps);
  for (const observations of [[pod(1)], [heartbeat(60)], [heartbeat(120)]]) {
    await app.request('/v1/observations', observationsRequest(key, observations));
    await deps.idle();
  }
  expect(watermarks).toEqual([instant(1), instant(60), instant(120)]);
});

test('a poisoned batch is quarantined with its reason, and those behind it are served', async () => {
  const instantClock: Clock = { now: () => new Date(0), sleep: () => Promise.resolve() };
  const { deps, logger } = await open({ clock: instantClock });
  const poisoned = await leaveBatch(deps, 'poisoned', [pod(1)]);
  const good = await leaveBatch(deps, 'good', [pod(2)]);
  await deps.blobs.delete(poisoned.blobKey);
  await redrive(deps);
  await deps.idle();
  expect(await deps.store.batch(good.id)).toMatchObject({ status: 'processed' });
  expect(await deps.store.batch(poisoned.id)).toMatchObject({ status: 'quarantined', reason: `There is no blob ${poisoned.blobKey}.` });
  expect(await deps.store.pendingBatches(10)).toEqual([]);
  expect(logger.entries.filter(({ event }) => event === 'batch-quarantined')).toHaveLength(1);
});

test('reads are open only when asked for, and only on loopback', async () => {
  for (const [openReads, listensOnLoopback, status] of [
    [true, true, 200],
    [true, false, 401],
    [false, true, 401],
  ] as const) {
    const { deps } = await open({ openReads, listensOnLoopback });
    expect((await createApp(deps).request('/v1/incidents')).status).toBe(status);
  }
});
