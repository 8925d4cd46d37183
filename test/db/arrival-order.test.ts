import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IncidentStore } from '#core/ports.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import type { Observation } from '#core/wire/observation.ts';
import { createIncidentStore } from '../../db/incident-store.ts';
import { openSqlite } from '../../db/open-sqlite.ts';
import { coverage, heartbeat, node } from '../support/build-cluster-observations.ts';
import { incident } from '../support/build-incident.ts';
import { at, deployment, event, key, log, pod, replicaSet } from '../support/build-observations.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const replicaSetAlone = { kind: 'ReplicaSet', name: 'api-7d9f', chain: [{ kind: 'ReplicaSet', name: 'api-7d9f', uid: 'rs-1' }] };
const job = { kind: 'Job', name: 'nightly-1', uid: 'job-1' };
const jobAlone = { kind: 'Job', name: 'nightly-1', chain: [job] };
const workflow = { kind: 'Workflow', name: 'nightly', chain: [job, { kind: 'Workflow', name: 'nightly' }] };
const web = { kind: 'Deployment', name: 'web', chain: [] };
const workloads: readonly WorkloadKey[] = [
  key,
  { ...key, kind: 'ReplicaSet', name: 'api-7d9f' },
  { ...key, name: 'web' },
  { ...key, kind: 'Job', name: 'nightly-1' },
  { ...key, kind: 'Workflow', name: 'nightly' },
];

function about(kind: string, name: string, uid: string | undefined, seconds: number): Observation {
  return event(seconds, {
    reason: 'Test',
    message: `about ${kind} ${name} at ${seconds}`,
    involvedObject: { kind, namespace: 'shop', name, ...(uid === undefined ? {} : { uid }) },
  });
}

const first = pod(10, { volumes: [{ name: 'data', source: 'persistentVolumeClaim', ref: 'data-0' }] });
const ofWorkflow = pod(17, { name: 'nightly-1-x', uid: 'pod-nightly', workload: workflow, node: 'node-3' });
const shortLog = log(30, 'containerd://c1', 'fatal\n');

/** Every way by which a record can belong to a workload, and records of which two versions exist. */
const scene: readonly Observation[] = [
  first,
  { ...first, workload: replicaSetAlone },
  { ...first, observedAt: at(12) },
  pod(20, { node: 'node-2' }),
  pod(40, { deleted: true }),
  pod(15, { name: 'web-1', uid: 'pod-web', workload: web, node: 'node-2' }),
  pod(5000, { name: 'web-1', uid: 'pod-web', workload: web, node: 'node-2' }),
  // The merge keeps the record that knows less.
  ofWorkflow,
  { ...ofWorkflow, workload: jobAlone },
  about('Job', 'nightly-1', 'job-1', 18),
  shortLog,
  { ...shortLog, text: 'starting\nfatal\n' },
  deployment(5),
  replicaSet(6),
  about('Pod', 'api-7d9f-abcde', 'pod-1', 21),
  about('Pod', 'api-7d9f-abcde', undefined, 22),
  about('ReplicaSet', 'api-7d9f', 'rs-1', 23),
  about('PersistentVolumeClaim', 'data-0', 'uid-claim', 24),
  about('Node', 'node-1', 'node-1', 25),
  about('Node', 'node-2', 'node-2', 4000),
  node(26, '9001'),
  node(9000, '9002'),
  node(9000, '9003', { name: 'node-2', uid: 'uid-node-2' }),
  coverage(27),
  coverage(28, { namespace: 'shop' }),
  coverage(29, { namespace: 'elsewhere' }),
  coverage(3000),
  coverage(4500, { from: at(3700), to: at(4500) }),
  coverage(90_000),
  heartbeat(95_000),
];

async function openStore(): Promise<IncidentStore> {
  return createIncidentStore(openSqlite(join(await temporaryDirectory(), 'mortem.db')));
}

async function recordsOf(store: IncidentStore, workload: WorkloadKey): Promise<string> {
  const records = await store.observationsOf(workload);
  return JSON.stringify(records.toSorted((a, b) => (a.id < b.id ? -1 : 1)));
}

function idOf({ kind, name }: WorkloadKey): string {
  return `${kind}/${name}`;
}

/** Indexes batch by batch, and looks at a workload only when a batch touched it, as the processor does. */
async function look(
  batches: readonly (readonly Observation[])[],
): Promise<{ seen: Record<string, string>; truth: Record<string, string> }> {
  const store = await openStore();
  const seen = Object.fromEntries(workloads.map((workload) => [idOf(workload), '[]']));
  for (const batch of batches) {
    const { touched } = await store.indexObservations('test', batch);
    for (const workload of touched) {
      seen[idOf(workload)] = await recordsOf(store, workload);
      const id = `INC-${Buffer.from(idOf(workload)).toString('hex').slice(-16)}` as const;
      await store.saveIncidents(workload, [{ incident: incident({ id, workload }), documents: [] }], 1);
    }
  }
  const truth: Record<string, string> = {};
  for (const workload of workloads) truth[idOf(workload)] = await recordsOf(store, workload);
  await store.close();
  return { seen, truth };
}

const arrivals = fc
  .tuple(
    fc.shuffledSubarray([...scene], { minLength: scene.length }),
    fc.array(fc.nat(scene.length - 1), { maxLength: 8 }),
    fc.array(fc.integer({ min: 1, max: 6 }), { minLength: scene.length + 8, maxLength: scene.length + 8 }),
  )
  .map(([shuffled, repeats, sizes]) => {
    const left = [...shuffled, ...repeats.map((index) => scene[index]!)];
    return sizes.map((size) => left.splice(0, size)).filter((batch) => batch.length > 0);
  });

test('whatever the order, the batches and the repeats: the same records, and who is touched last saw all of them', async () => {
  const reference = (await look([scene])).truth;
  expect(Object.values(reference).map((records) => (JSON.parse(records) as unknown[]).length)).toEqual([15, 0, 8, 0, 5]);
  await fc.assert(
    fc.asyncProperty(arrivals, async (batches) => {
      const { seen, truth } = await look(batches);
      expect(truth).toEqual(reference);
      expect(seen).toEqual(reference);
    }),
    { numRuns: 60 },
  );
});
