import { expect, test } from 'vitest';
import type { WorkloadReport } from '#core/report/report-workload.ts';
import type { WorkloadKey, WorkloadVersion } from '#core/store-model.ts';
import { rebuildWorkloads, type RebuildDeps } from '../../../functions/usecases/rebuild-workloads.ts';
import { redrive } from '../../../functions/usecases/redrive.ts';
import { reevaluate } from '../../../functions/usecases/reevaluate.ts';
import { leaveBatch } from '../../support/accepted-batch.ts';
import { heartbeat } from '../../support/build-cluster-observations.ts';
import { incident, timeline, workloadReport } from '../../support/build-incident.ts';
import { instant, key, pod } from '../../support/build-observations.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { openStorage } from '../../support/open-storage.ts';
import { createRecordingLogger } from '../../support/recording-logger.ts';

/** One incident per workload, named after it. */
function reported({ name }: WorkloadKey, watermark = 1): WorkloadReport {
  const id = `INC-${Buffer.from(name).toString('hex').padEnd(16, '0').slice(0, 16)}` as const;
  return workloadReport([
    { incident: incident({ id, workload: { kind: 'Deployment', name } }), documents: [timeline({ markdown: `# ${name}\n`, watermark })] },
  ]);
}

async function open(report: RebuildDeps['report']) {
  const { store, blobs } = await openStorage();
  const logger = createRecordingLogger();
  return { store, blobs, logger, deps: { store, report, clock: createManualClock(), logger } };
}

const web = { kind: 'Deployment', name: 'web', chain: [] };

test('gives the report what the workload is a function of, and saves what it says', async () => {
  const asked: unknown[] = [];
  const { deps, store } = await open((workload, observations, watermark) => {
    asked.push([workload, observations.length, watermark]);
    return reported(workload, watermark);
  });
  const { touched } = await store.indexObservations('test', [pod(1), pod(2), heartbeat(60)]);
  await rebuildWorkloads(deps, touched);
  expect(asked).toEqual([[key, 2, instant(60)]]);
  expect((await store.incidents({})).map(({ workload }) => workload.name)).toEqual(['api']);
  expect(await store.staleWorkloads(10)).toEqual([]);
});

test('a workload that cannot be built is logged, keeps its mark, and harms no other', async () => {
  const broken = new Set(['api']);
  const { deps, store, logger } = await open((workload) => {
    if (broken.has(workload.name)) throw new Error('a rule has a fault');
    return reported(workload);
  });
  const { touched } = await store.indexObservations('test', [pod(1), pod(1, { name: 'web-1', uid: 'pod-web', workload: web })]);
  await rebuildWorkloads(deps, touched);
  expect((await store.incidents({})).map(({ workload }) => workload.name)).toEqual(['web']);
  expect(logger.entries).toMatchObject([{ level: 'error', event: 'workload-not-rebuilt', fields: { ...key } }]);
  expect(logger.entries[0]?.fields?.['reason']).toContain('a rule has a fault');

  broken.clear();
  const queue = { send: () => Promise.resolve() };
  await redrive({ ...deps, store, queue });
  expect((await store.incidents({})).map(({ workload }) => workload.name).toSorted()).toEqual(['api', 'web']);
});

test('what a change has overtaken is not saved', async () => {
  const { deps, store } = await open((workload) => reported(workload));
  const { touched: before } = await store.indexObservations('test', [pod(1)]);
  const { touched: after } = await store.indexObservations('test', [pod(2)]);
  await rebuildWorkloads(deps, before);
  expect(await store.incidents({})).toEqual([]);
  await rebuildWorkloads(deps, after);
  expect(await store.incidents({})).toHaveLength(1);
});

test('the passing of data time alone has its effect', async () => {
  const { deps, store } = await open((workload, _, watermark) =>
    watermark >= instant(30) ? reported(workload, watermark) : workloadReport([]),
  );
  const { touched } = await store.indexObservations('test', [pod(1)]);
  await rebuildWorkloads(deps, touched);
  expect(await store.incidents({})).toEqual([]);
  await store.indexObservations('test', [heartbeat(60)]);
  await reevaluate({ ...deps, store });
  expect(await store.incidents({})).toHaveLength(1);
});

test('redrive sends every pending batch again', async () => {
  const { deps, store, blobs } = await open(() => workloadReport([]));
  await leaveBatch({ store, blobs }, 'a', [pod(1)]);
  await leaveBatch({ store, blobs }, 'b', [pod(2)]);
  const sent: string[] = [];
  await redrive({ ...deps, store, queue: { send: async (id) => void sent.push(id) } });
  expect(sent).toEqual(['test/a', 'test/b']);
});

test('a process that answers requests meanwhile is handed what was left, and builds it at its own pace', async () => {
  const { deps, store } = await open((workload) => reported(workload));
  const { touched } = await store.indexObservations('test', [pod(1)]);
  const handed: WorkloadVersion[] = [];
  const queue = { send: () => Promise.resolve() };
  await redrive({ ...deps, store, queue, rebuildLater: (workloads) => void handed.push(...workloads) });
  expect(handed).toEqual(touched);
  expect(await store.incidents({})).toEqual([]);
});
