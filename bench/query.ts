import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { createLedgerStore } from '../db/ledger-store.ts';
import { openPostgres } from '../db/open-postgres.ts';
import { openSqlite } from '../db/open-sqlite.ts';
import { auditRollbacks } from '../functions/usecases/audit-rollbacks.ts';
import { getTrend } from '../functions/usecases/get-trend.ts';
import { fleetDir } from './support/fleet/fleet-dir.ts';
import { fleetEnd } from './support/fleet/make-fleet.ts';
import { createRandom, between } from './support/fleet/random.ts';
import { day } from './support/fleet/story.ts';
import { ceiling, printResults, type BenchResult } from './support/result.ts';

/**
 * The two questions of the README, asked of the fleet that `npm run bench:fleet` wrote: the OOM trend over 90 days, of all and of one
 * namespace, and the rollback audit of one image. `--postgres URL` asks the fleet in that database.
 */
const trendGoalMs = 100;
const auditGoalMs = 50;

const { values } = parseArgs({
  options: { postgres: { type: 'string' }, rounds: { type: 'string', default: '100' }, json: { type: 'boolean', default: false } },
});
const rounds = Number(values.rounds);
const file = join(fleetDir, 'mortem.db');
if (values.postgres === undefined && !existsSync(file)) throw new Error('There is no fleet. Write one with: npm run bench:fleet');
const engine = values.postgres === undefined ? 'sqlite' : 'postgres';
const database = values.postgres === undefined ? openSqlite(file) : openPostgres({ url: values.postgres, maxConnections: 4 });
const ledger = createLedgerStore(database);
const random = createRandom(2);
const results: BenchResult[] = [];

const trend = (wish: object) =>
  getTrend({ ledger }, {}, { of: 'oomkilled', by: 'workload', bucket: '1d', last: 90 * day, limit: 20, ...wish });
results.push(
  await measure('oom-trend.90-days', trendGoalMs, () => trend({}), bareTrend),
  await measure('oom-trend.90-days.namespace', trendGoalMs, () => trend({ namespace: `team-${between(random, 0, 3)}` }), bareTrend),
  await measure('oom-trend.90-days.by-image', trendGoalMs, () => trend({ by: 'image' }), bareTrend),
);
const someImage = () => {
  const copy = between(random, 0, 7);
  return { repository: `team-${copy % 4}/bad-release-${copy}`, tag: 'v2' };
};
results.push(
  await measure(
    'rollback-audit.image',
    auditGoalMs,
    () => auditRollbacks({ ledger }, {}, { image: someImage(), limit: 20 }),
    () => bareAudit(someImage()),
  ),
);
await database.close();
printResults(results, values.json);

async function measure(name: string, goalMs: number, ask: () => Promise<unknown>, bare: () => Promise<unknown>): Promise<BenchResult> {
  for (let round = 0; round < 3; round += 1) await Promise.all([ask(), bare()]);
  const [own, floor]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    floor.push(await timed(bare));
    own.push(await timed(ask));
  }
  return ceiling(`query.${name}.${engine}.p95`, 'ms', { value: p95(own), floor: p95(floor) }, goalMs);
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
function bareTrend(): Promise<unknown> {
  return database.read(({ db, tables: { trendWeeks: t } }) =>
    db
      .select({ count: sql`sum(${t.mon} + ${t.tue} + ${t.wed} + ${t.thu} + ${t.fri} + ${t.sat} + ${t.sun})` })
      .from(t)
      .where(sql`${t.subject} = 'oomkilled' and ${t.week} >= ${fleetEnd - 90 * day}`),
  );
}

/** Nothing but the rollouts of the image. */
function bareAudit({ repository, tag }: { readonly repository: string; readonly tag: string }): Promise<unknown> {
  return database.read(({ db, tables: { rollouts } }) =>
    db
      .select({ body: rollouts.body })
      .from(rollouts)
      .where(sql`${rollouts.repository} = ${repository} and ${rollouts.tag} = ${tag}`),
  );
}
