import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Termination } from '#core/ledger/termination.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import { day } from '#core/time/instant.ts';
import { groupBlocks } from '#core/trends/sum-blocks.ts';
import { timeOf } from '#core/trends/trend-block.ts';
import { createLedgerStore } from '../../db/ledger-store.ts';
import { saveLedger } from '../../db/ledger/save-ledger.ts';
import type { OpenDatabase } from '../../db/database.ts';
import { createPurgeStore } from '../../db/retention/purge-store.ts';
import { createRetentionStore } from '../../db/retention/retention-store.ts';
import { raiseWatermark } from '../../db/watermarks.ts';
import { termination, wait } from '../support/build-ledger-rows.ts';
import { instant, key } from '../support/build-observations.ts';
import { engines } from '../support/engines.ts';

/** Whatever happens to deaths and waits, the sums that trends are read from are those of the rows that are left. */

const daySeconds = 86_400;
const weeks = 6;
const span = { since: instant(0) - 21 * day, until: instant(0) + 70 * day };

const death = fc.record({
  owner: fc.constantFrom('api', 'web'),
  at: fc.integer({ min: 0, max: weeks * 7 * daySeconds }),
  expected: fc.boolean(),
  memoryDeath: fc.constantFrom('container-limit', 'suspected', undefined),
  memoryLimit: fc.constantFrom('256Mi', '512Mi', undefined),
  livedSeconds: fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined }),
});
type Death = typeof death extends fc.Arbitrary<infer T> ? T : never;

const anyStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('save' as const), deaths: fc.array(death, { maxLength: 6 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('move' as const), count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('forget' as const), count: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('ask' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const), days: fc.integer({ min: 5, max: 60 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('purge' as const),
      from: fc.integer({ min: 0, max: 40 }),
      days: fc.integer({ min: 1, max: 20 }),
    }),
  },
);

/** The owner of a pod is learnt after its deaths were summed under another one. */
const learntLate: readonly Step[] = [
  { do: 'save', deaths: [deathOf(60), deathOf(10 * daySeconds), deathOf(20 * daySeconds)] },
  { do: 'ask' },
  { do: 'move', count: 1 },
];

function deathOf(at: number): Death {
  return { owner: 'api', at, expected: false, memoryDeath: 'container-limit', memoryLimit: '512Mi', livedSeconds: 7 };
}

type Step = typeof anyStep extends fc.Arbitrary<infer T> ? T : never;

function keyOf(name: string): WorkloadKey {
  return { ...key, name };
}

/** Deaths by evidence, as the records of this moment tell them. */
type World = Map<string, Death>;

function rowOf(evidence: string, { owner, at, memoryDeath, memoryLimit, livedSeconds, expected }: Death): Termination {
  const {
    memoryDeath: _death,
    memoryLimit: _limit,
    ...row
  } = termination(at, {
    evidence,
    containerID: evidence,
    workload: { kind: key.kind, name: owner },
    expected,
    reason: memoryDeath === undefined ? 'Error' : 'OOMKilled',
  });
  return {
    ...row,
    ...(memoryDeath === undefined ? {} : { memoryDeath: memoryDeath === 'suspected' ? 'suspected' : 'container-limit' }),
    ...(memoryLimit === undefined ? {} : { memoryLimit }),
    ...(livedSeconds === undefined ? {} : { livedSeconds }),
  };
}

async function save(database: OpenDatabase, world: World, owner: string): Promise<void> {
  const own = [...world].filter(([, row]) => row.owner === owner).map(([evidence, row]) => rowOf(evidence, row));
  await database.transact((tx) =>
    saveLedger(tx, keyOf(owner), {
      from: instant(0),
      terminations: own.toSorted((a, b) => Date.parse(a.finishedAt) - Date.parse(b.finishedAt)),
      waits: own
        .slice(0, 2)
        .map((row) => wait((Date.parse(row.finishedAt) - instant(0)) / 1000, { workload: row.workload, evidence: `W${row.evidence}` })),
      rollouts: [],
      podRuns: [],
    }),
  );
}

interface Scene {
  readonly database: OpenDatabase;
  readonly world: World;
  readonly index: number;
}

async function take(step: Step, { database, world, index }: Scene): Promise<void> {
  switch (step.do) {
    case 'ask':
      return;
    case 'expire':
      await createRetentionStore(database).expireIncidents(step.days * day, 10_000);
      return;
    case 'purge': {
      const from = instant(step.from * daySeconds);
      await createPurgeStore(database).purgeIndex({ cluster: key.cluster, from, until: from + step.days * day });
      return;
    }
    case 'save':
      for (const [number, row] of step.deaths.entries()) world.set(`EV-${index}-${number}`, row);
      break;
    case 'move':
      for (const [evidence, row] of [...world].slice(0, step.count)) world.set(evidence, { ...row, owner: 'web' });
      break;
    case 'forget':
      for (const [evidence] of [...world].slice(-step.count)) world.delete(evidence);
      break;
    default:
      step satisfies never;
  }
  // The new owner first: the other one finds nothing of its own any more.
  for (const owner of ['web', 'api']) await save(database, world, owner);
}

/** What the rows themselves say, counted one by one. */
async function recount(database: OpenDatabase): Promise<readonly string[]> {
  const ledger = createLedgerStore(database);
  const rows = await ledger.terminations({ limit: 10_000 });
  return rows
    .flatMap((row) => {
      if (row.expected) return [];
      const line = [row.workload.name, row.finishedAt, row.memoryLimit ?? '', row.livedSeconds ?? -1].join(' ');
      return [`restarts ${line}`, ...(row.reason === 'OOMKilled' ? [`oomkilled ${line}`] : [])];
    })
    .toSorted();
}

async function summed(database: OpenDatabase): Promise<readonly string[]> {
  const ledger = createLedgerStore(database);
  while ((await ledger.foldTrends({}, 3)) === 3);
  const lines: string[] = [];
  for (const of of ['restarts', 'oomkilled'] as const) {
    const query = { of, by: 'workload', ...span } as const;
    const blocks = await ledger.trendBlocks(query);
    const middle = span.since + 41 * day;
    const totals = await ledger.trendTotals({ ...query, middle });
    for (const [name, own] of groupBlocks(blocks, 'workload')) {
      const times: number[] = [];
      for (const block of own) {
        for (let row = block.from; row < block.to; row += 1) {
          times.push(timeOf(block, row));
          const limit = textAt(block.columns.limit, row);
          lines.push(
            [
              of,
              block.place.workload.name,
              new Date(timeOf(block, row)).toISOString().replace('.000Z', 'Z'),
              limit,
              block.columns.lived[row],
            ].join(' '),
          );
        }
      }
      const total = totals.find(({ key: { workload } }) => name.endsWith(`/${workload?.name ?? ''}`));
      expect([total?.firstHalf, total?.secondHalf]).toEqual([
        times.filter((at) => at < middle).length,
        times.filter((at) => at >= middle).length,
      ]);
    }
    expect(totals).toHaveLength(groupBlocks(blocks, 'workload').size);
  }
  return lines.toSorted();
}

function textAt({ values, runs }: { readonly values: readonly string[]; readonly runs: readonly number[] }, row: number): string {
  let end = 0;
  for (let run = 0; run < runs.length; run += 2) {
    end += runs[run + 1] ?? 0;
    if (row < end) return values[runs[run] ?? 0] ?? '';
  }
  return 'beyond the end';
}

describe.each(engines)('on %s', (_name, makeDatabase) => {
  test('sums are what a count of the rows gives, after saves, moves, late records, expiry and purge', async () => {
    const opened = await makeDatabase();
    const database = opened.open();
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 1, maxLength: 12 }), async (steps) => {
        const world: World = new Map();
        await createPurgeStore(database).purgeIndex({ cluster: key.cluster });
        await database.transact((tx) => raiseWatermark(tx, key.cluster, instant(weeks * 7 * daySeconds)));
        for (const [index, one] of steps.entries()) {
          await take(one, { database, world, index });
          // Sums that nobody asked for in between are made later, from more changes at once.
          const asked = one.do === 'ask' ? [await summed(database), await recount(database)] : [];
          expect(asked[0]).toEqual(asked[1]);
        }
        expect(await summed(database)).toEqual(await recount(database));
      }),
      { numRuns: 25, examples: [[[...learntLate]]] },
    );
  }, 120_000);
});
