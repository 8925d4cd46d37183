import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { IncidentStore } from '#core/ports.ts';
import { reportWorkload } from '#core/report/report-workload.ts';
import type { Observation } from '#core/wire/observation.ts';
import { rebuildWorkloads, type RebuildDeps } from '../../../functions/usecases/rebuild-workloads.ts';
import { reevaluate } from '../../../functions/usecases/reevaluate.ts';
import { coverage, heartbeat, node } from '../../support/build-cluster-observations.ts';
import { deployment, event } from '../../support/build-observations.ts';
import { cronRun, nightlyKey, replicaLife } from '../../support/build-run.ts';
import { createManualClock } from '../../support/manual-clock.ts';
import { openStorage } from '../../support/open-storage.ts';
import { strictLogger } from '../../../bench/support/strict-logger.ts';

/** What each rebuild was given to read. */
interface Reading {
  readonly folded: boolean;
  readonly records: number;
}

async function open() {
  const { dataDir, store } = await openStorage();
  const readings: Reading[] = [];
  const whole: number[] = [];
  const watched: IncidentStore = {
    ...store,
    async unfoldedObservationsOf(workload) {
      const read = await store.unfoldedObservationsOf(workload);
      readings.push({ folded: read.fold !== undefined, records: read.observations.length });
      return read;
    },
    async observationsOf(workload) {
      const read = await store.observationsOf(workload);
      whole.push(read.length);
      return read;
    },
  };
  const deps = { store: watched, report: reportWorkload, clock: createManualClock(), logger: strictLogger };
  return { dataDir, store, deps, readings, whole };
}

async function step(deps: Awaited<ReturnType<typeof open>>['deps'], batch: readonly Observation[]): Promise<void> {
  const { touched } = await deps.store.indexObservations('test', batch);
  await rebuildWorkloads(deps, touched);
  await reevaluate(deps);
}

const tables = ['incidents', 'incident_ids', 'documents', 'terminations', 'waits', 'rollouts', 'pod_runs'];

function rowsOf(dataDir: string): Record<string, unknown[]> {
  const client = new BetterSqlite(join(dataDir, 'mortem.db'), { readonly: true });
  const rows = Object.fromEntries(
    tables.map((table) => [
      table,
      client
        .prepare(`select * from ${table}`)
        .all()
        .map((row) => JSON.stringify(row))
        .toSorted(),
    ]),
  );
  client.close();
  return rows;
}

const minute = 60;
const hour = 60 * minute;

const runs = fc.array(fc.record({ fails: fc.integer({ min: 0, max: 30 }), keeps: fc.integer({ min: 2, max: 40 }) }), {
  minLength: 20,
  maxLength: 40,
});
const lives = fc.array(
  fc.record({
    from: fc.integer({ min: 1, max: 5 * hour }),
    lasts: fc.integer({ min: 2 * minute, max: 2 * hour }),
    dies: fc.array(fc.integer({ min: 20, max: 20 * minute }), { maxLength: 3 }),
    fails: fc.integer({ min: 0, max: 4 }),
  }),
  { minLength: 4, maxLength: 12 },
);

/** A CronJob that fails now and then, a Deployment whose pods come and go, and what nodes, claims and collectors had to say. */
const scenes = fc.record({ runs, lives, notes: fc.array(fc.integer({ min: 0, max: 6 * hour }), { maxLength: 4 }) }).map((scene) => {
  const cron = scene.runs.flatMap(({ fails, keeps }, number) => {
    const from = 10 + number * 10 * minute;
    return cronRun({ number, from, exitCode: fails === 0 ? 1 : 0, until: from + keeps * minute });
  });
  const replicas = scene.lives
    .toSorted((a, b) => a.from - b.from)
    .flatMap(({ from, lasts, dies, fails }, number) => {
      const deaths =
        fails > 0
          ? []
          : dies.toSorted((a, b) => a - b).filter((after, index, all) => after < lasts - 60 && after - (all[index - 1] ?? 0) > 10);
      return replicaLife({ number, from, until: from + lasts, dies: deaths, revision: 1 + Math.floor(from / (2 * hour)) });
    });
  const notes = scene.notes.flatMap((seconds, index) => [
    coverage(seconds),
    node(seconds, String(9000 + index)),
    event(seconds, {
      uid: `nameless-${index}`,
      reason: 'Odd',
      message: 'x',
      involvedObject: { kind: 'Pod', namespace: 'shop', name: 'nightly-3-x' },
    }),
  ]);
  return [deployment(1, { replicas: { wanted: 1 } }), ...cron, ...replicas, ...notes, heartbeat(10 * hour)];
});

/** Nearly in order of time: a few records come late, by up to three hours, and a few come twice. */
const arrivals = scenes.chain((scene) =>
  fc
    .record({
      late: fc.array(fc.record({ index: fc.nat(scene.length - 1), by: fc.integer({ min: 1, max: 3 * hour }), again: fc.boolean() }), {
        maxLength: 20,
      }),
      sizes: fc.array(fc.integer({ min: 2, max: 40 }), { minLength: scene.length + 20, maxLength: scene.length + 20 }),
    })
    .map(({ late, sizes }) => {
      const delays = new Map(late.filter(({ again }) => !again).map(({ index, by }) => [index, by]));
      const arriving = scene.map((observation, index) => ({ observation, at: timeOf(observation) + 1000 * (delays.get(index) ?? 0) }));
      const again = late
        .filter((item) => item.again)
        .flatMap(({ index, by }) => arriving.slice(index, index + 1).map((item) => ({ ...item, at: item.at + 1000 * by })));
      const left = [...arriving, ...again].toSorted((a, b) => a.at - b.at).map((item) => item.observation);
      return sizes.map((size) => left.splice(0, size)).filter((batch) => batch.length > 0);
    }),
);

function timeOf({ observedAt }: Observation): number {
  return Date.parse(observedAt);
}

test('whatever comes late, twice, and in which batches: what is stored is what building everything each time makes', async () => {
  let continued = 0;
  await fc.assert(
    fc.asyncProperty(arrivals, async (batches) => {
      const [folding, whole] = [await open(), await open()];
      const everything: RebuildDeps['store'] = {
        ...whole.deps.store,
        unfoldedObservationsOf: async (workload) => ({ observations: await whole.store.observationsOf(workload) }),
      };
      for (const batch of batches) {
        await step(folding.deps, batch);
        await step({ ...whole.deps, store: { ...whole.deps.store, ...everything } }, batch);
      }
      expect(rowsOf(folding.dataDir)).toEqual(rowsOf(whole.dataDir));
      continued += folding.readings.filter(({ folded }) => folded).length - folding.whole.length;
    }),
    { numRuns: 8, endOnFailure: true },
  );
  // The test is worth something only where most builds continue another.
  expect(continued).toBeGreaterThan(50);
});

test('what one more run of a CronJob reads does not grow with its history', async () => {
  const { store, deps, readings, whole } = await open();
  const counts: number[] = [];
  for (let number = 0; number < 150; number += 1) {
    const from = 10 + number * minute;
    const { touched } = await store.indexObservations('test', cronRun({ number, from, exitCode: 0, until: from + 3 * minute }));
    await rebuildWorkloads(deps, touched);
    counts.push(readings.at(-1)?.records ?? 0);
  }
  expect((await store.observationsOf(nightlyKey)).length).toBe(150 * 8);
  expect(whole).toEqual([]);
  expect(counts.slice(50).every((records) => records < 400)).toBe(true);
  expect(counts.at(-1)).toBe(counts.at(-60));
});
