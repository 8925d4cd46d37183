import { createHash } from 'node:crypto';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import type { LedgerStore } from '#core/ledger/ledger-store.ts';
import { trendGroupings } from '#core/trends/trend.ts';
import { createLedgerStore } from '../db/ledger-store.ts';
import type { OpenDatabase } from '../db/database.ts';
import { auditRollbacks } from '../functions/usecases/audit-rollbacks.ts';
import { getTrend } from '../functions/usecases/get-trend.ts';
import { checkAnswers } from './support/fleet/check-answers.ts';
import { fleetEngines, hasFleet, type FleetEngine } from './support/fleet/fleet-dir.ts';
import { fleetEnd } from './support/fleet/make-fleet.ts';
import { openFleet } from './support/fleet/open-fleet.ts';
import { createRandom, between } from './support/fleet/random.ts';
import { readFleetOptions } from './support/fleet/read-fleet-options.ts';
import { day } from './support/fleet/story.ts';
import { ceiling, printResults, type BenchResult } from './support/result.ts';

/**
 * The two questions of the README, asked of the fleets that `npm run bench:fleet` wrote: the OOM trend over 90 days, of all and of
 * one namespace, and the rollback audit of one image. The answers are compared first: with what the generator meant, and those of
 * the engines byte by byte.
 *
 *   --engine sqlite   only this engine      --rounds 100   how often each is asked      --unchecked   leaves the comparison out
 */
const trendGoalMs = 100;
const auditGoalMs = 50;

const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    rounds: { type: 'string', default: '100' },
    unchecked: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const engines = fleetEngines.filter((name) => hasFleet(name) && (values.engine === undefined || name === values.engine));
if (engines.length === 0) throw new Error('There is no fleet. Write one with: npm run bench:fleet');

const results: BenchResult[] = [];
const digests = new Map<FleetEngine, string>();
for (const engine of engines) {
  const fleet = await openFleet(engine);
  const ledger = createLedgerStore(fleet.database);
  while ((await ledger.foldTrends({}, 1000)) === 1000);
  if (!values.unchecked) {
    const compared = await checkAnswers(ledger, await readFleetOptions(engine));
    process.stderr.write(`${engine}: ${compared} answers are what the generator meant\n`);
    digests.set(engine, await digestOfAnswers(ledger));
  }
  results.push(...(await measureAll(engine, fleet.database, ledger)));
  await fleet.close();
}
if (new Set(digests.values()).size > 1) throw new Error(`The engines answer differently: ${JSON.stringify([...digests])}`);
printResults(results, values.json);

async function measureAll(engine: FleetEngine, database: OpenDatabase, ledger: LedgerStore): Promise<readonly BenchResult[]> {
  const random = createRandom(2);
  const trend = (wish: object) =>
    getTrend({ ledger }, {}, { of: 'oomkilled', by: 'workload', bucket: '1d', last: 90 * day, limit: 20, ...wish });
  const bare = () => bareTrend(database);
  const someImage = () => {
    const copy = between(random, 0, 7);
    return { repository: `team-${copy % 4}/bad-release-${copy}`, tag: 'v2' };
  };
  const trends = [
    ['oom-trend.90-days', () => trend({})],
    ['oom-trend.90-days.namespace', () => trend({ namespace: `team-${between(random, 0, 3)}` })],
    ['oom-trend.90-days.by-image', () => trend({ by: 'image' })],
    ['oom-trend.90-days.by-node', () => trend({ by: 'node' })],
    ['oom-trend.90-days.by-cluster', () => trend({ by: 'cluster' })],
    ['restarts-trend.90-days', () => trend({ of: 'restarts' })],
  ] as const;
  const measured: BenchResult[] = [];
  for (const [name, ask] of trends) measured.push(await measure(`${name}.${engine}`, trendGoalMs, ask, bare));
  const audit = () => auditRollbacks({ ledger }, {}, { image: someImage(), limit: 20 });
  measured.push(await measure(`rollback-audit.image.${engine}`, auditGoalMs, audit, () => bareAudit(database, someImage())));
  return measured;
}

async function measure(name: string, goalMs: number, ask: () => Promise<unknown>, bare: () => Promise<unknown>): Promise<BenchResult> {
  for (let round = 0; round < 3; round += 1) await Promise.all([ask(), bare()]);
  const [own, floor]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    floor.push(await timed(bare));
    own.push(await timed(ask));
  }
  return ceiling(`query.${name}.p95`, 'ms', { value: p95(own), floor: p95(floor) }, goalMs);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function p95(milliseconds: readonly number[]): number {
  return milliseconds.toSorted((a, b) => a - b)[Math.floor(milliseconds.length * 0.95)] ?? 0;
}

/** Nothing but the sum over the rows of the span, by the engine itself. */
function bareTrend(database: OpenDatabase): Promise<unknown> {
  return database.read(({ db, tables: { trendWeeks: t } }) =>
    db
      .select({ count: sql`sum(${t.mon} + ${t.tue} + ${t.wed} + ${t.thu} + ${t.fri} + ${t.sat} + ${t.sun})` })
      .from(t)
      .where(sql`${t.subject} = 'oomkilled' and ${t.week} >= ${fleetEnd - 90 * day}`),
  );
}

/** Nothing but the rollouts of the image. */
function bareAudit(database: OpenDatabase, { repository, tag }: { readonly repository: string; readonly tag: string }): Promise<unknown> {
  return database.read(({ db, tables: { rollouts } }) =>
    db
      .select({ body: rollouts.body })
      .from(rollouts)
      .where(sql`${rollouts.repository} = ${repository} and ${rollouts.tag} = ${tag}`),
  );
}

async function digestOfAnswers(ledger: LedgerStore): Promise<string> {
  const hash = createHash('sha256');
  for (const by of trendGroupings) {
    hash.update(JSON.stringify(await getTrend({ ledger }, {}, { of: 'oomkilled', by, bucket: '1d', last: 90 * day, limit: 20 })));
  }
  hash.update(JSON.stringify(await auditRollbacks({ ledger }, {}, { limit: 50 })));
  return hash.digest('hex');
}
