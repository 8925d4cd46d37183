import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LedgerStore } from '#core/ledger/ledger-store.ts';
import type { IncidentStore } from '#core/ports.ts';
import { reportWorkload } from '#core/report/report-workload.ts';
import type { Observation } from '#core/wire/observation.ts';
import { createIncidentStore } from '../../db/incident-store.ts';
import { createLedgerStore } from '../../db/ledger-store.ts';
import { createFileBlobStore } from '../../functions/adapters/file-blob-store.ts';
import { systemClock } from '../../functions/adapters/system-clock.ts';
import type { RunningServer } from '../../functions/serve.ts';
import { getDraft } from '../../functions/usecases/get-draft.ts';
import { getTimeline } from '../../functions/usecases/get-timeline.ts';
import { indexBatches } from '../../functions/usecases/index-batches.ts';
import { rebuildWorkloads } from '../../functions/usecases/rebuild-workloads.ts';
import { reevaluate } from '../../functions/usecases/reevaluate.ts';
import { leaveBatch } from '../support/accepted-batch.ts';
import { engines } from '../support/engines.ts';
import { createRecordingLogger } from '../support/recording-logger.ts';
import { replayInto, startTestServer } from '../support/replayed.ts';
import { sha256 } from '../support/send-batch.ts';
import { seededRandom } from '../support/seeded-random.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const name = 's24-seed-story';
const workload = { cluster: name, namespace: name, kind: 'Deployment', name: 'payments-api' };
const rounds = 15;

let calm: RunningServer;
let batches: readonly (readonly Observation[])[];

beforeAll(async () => {
  calm = await startTestServer();
  await replayInto(calm, name);
  const observations = await calm.deps.store.observationsOf(workload);
  const size = Math.ceil(observations.length / 12);
  batches = [
    ...Array.from({ length: 12 }, (_, index) => observations.slice(index * size, (index + 1) * size)),
    [heartbeatAt(await calm.deps.store.watermark(name))],
  ];
});

afterAll(() => calm.close());

/** Everything a reader can get of the workload, and what was counted. */
async function told(store: IncidentStore, ledger: LedgerStore): Promise<unknown> {
  const incidents = await store.incidents({ cluster: name });
  const records = await store.observationsOf(workload);
  return {
    records: records.map((record) => sha256(Buffer.from(JSON.stringify(record)))).toSorted(),
    incidents,
    terminations: await ledger.terminations({ cluster: name, limit: 1000 }),
    rollouts: await ledger.rollouts({ cluster: name, limit: 1000 }),
    documents: await Promise.all(
      incidents.map(async ({ id }) => [(await getTimeline({ store }, {}, id)).markdown, (await getDraft({ store }, {}, id, {})).parts]),
    ),
  };
}

class Killed extends Error {}

/** A store as a process sees it that dies at some call, before it or after what it did took hold, and is dead from then on. */
function mortal(store: IncidentStore, random: () => number, cut: () => Promise<void>): IncidentStore {
  let dead = false;
  const live = async (): Promise<void> => {
    if (random() < 0.05) await cut();
    // Not awaited: the connections are cut while the call is under way.
    if (random() < 0.1) void cut();
    dead ||= random() < 0.03;
    if (dead) throw new Killed();
  };
  return new Proxy(store, {
    get:
      (target, method: keyof IncidentStore) =>
      async (...args: readonly unknown[]) => {
        await live();
        const call = target[method] as (...given: readonly unknown[]) => Promise<unknown>;
        const result = await call(...args);
        await live();
        return result;
      },
  });
}

describe.each(engines)('%s', (_engine, openDatabase) => {
  test.each([1, 2])('two processors on the same batches, killed and cut off at random moments: as the calm run (seed %i)', async (seed) => {
    const database = await openDatabase();
    const opened = database.open();
    const store = createIncidentStore(opened);
    const blobs = createFileBlobStore(await temporaryDirectory());
    const random = seededRandom(seed);
    for (const [index, batch] of batches.entries()) await leaveBatch({ store, blobs }, `batch-${index}`, batch);

    const process = async (through: IncidentStore): Promise<void> => {
      const deps = {
        store: through,
        blobs,
        report: reportWorkload,
        takeAccepted: () => undefined,
        clock: systemClock,
        logger: createRecordingLogger(),
      };
      const pending = await through.pendingBatches(3);
      const { touched } = await indexBatches(
        deps,
        pending.map(({ id }) => id),
      );
      await rebuildWorkloads(deps, touched);
      await rebuildWorkloads(deps, await through.staleWorkloads(10));
      await reevaluate(deps);
    };
    const faults: unknown[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const processors = [1, 2].map(() => process(mortal(store, random, database.cutConnections)));
      for (const outcome of await Promise.allSettled(processors)) if (outcome.status === 'rejected') faults.push(outcome.reason);
    }
    expect(faults.length).toBeGreaterThan(0);

    // Whoever comes after the last crash, and is left alone.
    for (const _ of batches) await process(store);
    expect(await store.pendingBatches(1)).toEqual([]);
    expect(await store.staleWorkloads(1)).toEqual([]);
    expect(await told(store, createLedgerStore(opened))).toEqual(await told(calm.deps.store, calm.deps.ledger));
  });
});

function heartbeatAt(at: number): Observation {
  const time = new Date(at).toISOString();
  return {
    kind: 'coverage',
    id: 'f'.repeat(64),
    observedAt: time,
    cluster: name,
    collector: 'test',
    note: 'heartbeat',
    from: time,
    to: time,
  };
}
