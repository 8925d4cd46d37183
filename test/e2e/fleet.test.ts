import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareText } from '#core/compare-text.ts';
import type { LedgerStore } from '#core/ledger/ledger-store.ts';
import type { Trend, TrendGroup } from '#core/trends/trend.ts';
import { digestOf } from '../../bench/support/fleet/image-of.ts';
import { fleetEnd, wholeFleet, type FleetWorkload } from '../../bench/support/fleet/make-fleet.ts';
import { day, storyNames, type StoryName } from '../../bench/support/fleet/story.ts';
import { foldFleet, writeFleet } from '../../bench/support/fleet/write-fleet.ts';
import type { OpenDatabase } from '../../db/database.ts';
import { createLedgerStore } from '../../db/ledger-store.ts';
import { openPostgres } from '../../db/open-postgres.ts';
import { openSqlite } from '../../db/open-sqlite.ts';
import { auditRollbacks } from '../../functions/usecases/audit-rollbacks.ts';
import { getTrend } from '../../functions/usecases/get-trend.ts';
import { listImages, listTerminations } from '../../functions/usecases/list-ledger.ts';
import { postgresDatabase } from '../support/postgres-database.ts';

/** Two clusters, one workload of each story: what the generator meant must be what the questions answer, on both engines. */
const once = Object.fromEntries(storyNames.map((name) => [name, 1])) as Record<StoryName, number>;
const small = { ...wholeFleet, clusters: 2, copies: once, days: 120, rate: 0.15 };
const since = fleetEnd - 90 * day;

const opened: OpenDatabase[] = [];
const ledgers: { readonly sqlite?: LedgerStore; readonly postgres?: LedgerStore } & Record<string, LedgerStore> = {};
let workloads: readonly FleetWorkload[] = [];

beforeAll(async () => {
  const databases = {
    sqlite: openSqlite(join(mkdtempSync(join(tmpdir(), 'mortem-fleet-')), 'mortem.db')),
    postgres: openPostgres({ url: await postgresDatabase(), maxConnections: 2 }),
  };
  for (const [name, database] of Object.entries(databases)) {
    opened.push(database);
    ({ workloads } = await writeFleet(database, small));
    await foldFleet(database, workloads);
    ledgers[name] = createLedgerStore(database);
  }
}, 300_000);

afterAll(async () => {
  for (const database of opened) await database.close();
});

function of(name: StoryName): readonly FleetWorkload[] {
  return workloads.filter(({ story }) => story.name === name);
}

function deathsOf({ story }: FleetWorkload, symptom: string): number {
  return story.releases.reduce(
    (sum, release) => sum + (release.symptom === symptom ? release.deaths.filter((at) => at >= since).length : 0),
    0,
  );
}

function groupOf({ items }: Trend, { key }: FleetWorkload): TrendGroup | undefined {
  return items.find(({ cluster, workload }) => cluster === key.cluster && workload?.name === key.name);
}

describe.each(['sqlite', 'postgres'])('on %s', (engine) => {
  const deps = () => {
    const ledger = ledgers[engine];
    if (ledger === undefined) throw new Error(`${engine} was not opened`);
    return { ledger };
  };
  const trendOf = (subject: Trend['of'], by: Trend['by'] = 'workload') =>
    getTrend(deps(), {}, { of: subject, by, bucket: '1d', last: 90 * day, limit: 100 });

  test('every workload has its OOM kills of the last 90 days, and none else has any', async () => {
    const trend = await trendOf('oomkilled');
    const expected = workloads
      .map((workload) => [workload.key.name, deathsOf(workload, 'OOMKilled')] as const)
      .filter(([, count]) => count > 0);
    const lines = (rows: readonly (readonly [string | undefined, number])[]) => rows.map((row) => row.join(' ')).toSorted(compareText);
    expect(lines(trend.items.map(({ workload, total }) => [workload?.name, total]))).toEqual(lines(expected));
    expect(trend.total).toBe(expected.reduce((sum, [, count]) => sum + count, 0));
    for (const group of trend.items) expect(group.counts.reduce((sum, count) => sum + count, 0)).toBe(group.total);
  });

  test('a leak that ended with its new limit shows it: what was before, and nothing after', async () => {
    const trend = await trendOf('oomkilled');
    for (const workload of of('leak-fixed')) {
      const fix = workload.story.fix;
      const group = groupOf(trend, workload);
      expect(group?.limits.map(({ limit, count }) => [limit, count])).toEqual([['512Mi', deathsOf(workload, 'OOMKilled')]]);
      expect(group?.markers).toEqual([
        expect.objectContaining({
          kind: 'limit-change',
          fromLimit: '512Mi',
          toLimit: '768Mi',
          before: expect.objectContaining({ count: group?.total }),
          after: expect.objectContaining({ count: 0 }),
        }),
      ]);
      expect(Date.parse(group?.markers[0]?.at ?? '')).toBe(fix?.at);
      expect(group?.markers[0]?.summary).toMatch(/^512Mi → 768Mi on \d+ \w{3}: .+ before, 0 in the \d+ days after$/);
    }
  });

  test('a leak that grows is worsening and stands before what is not', async () => {
    const trend = await trendOf('oomkilled');
    for (const workload of of('leak-grows')) expect(groupOf(trend, workload)?.change).toBe('worsening');
    const order = ['new', 'worsening', 'steady', 'improving', 'ended'];
    const seen = trend.items.map(({ change }) => order.indexOf(change));
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  test('what could not be pulled is counted where it began', async () => {
    const trend = await trendOf('image-pull');
    expect(trend.items.map(({ workload, total, livedSeconds }) => [workload?.name, total, livedSeconds?.median])).toEqual(
      of('no-image').map(({ key }) => [key.name, 1, 1199]),
    );
  });

  test('every rollout that failed has the verdict that was meant, decoys included', async () => {
    for (const { key, story } of workloads) {
      const { items } = await auditRollbacks(deps(), {}, { cluster: key.cluster, namespace: key.namespace, workload: key, limit: 1 });
      expect(items).toHaveLength(story.releases.length);
      for (const [index, meant] of Object.entries(story.verdicts)) {
        const item = items[Number(index)];
        expect({
          verdict: item?.replacedBy?.verdict,
          deaths: item?.failures.reduce((sum, { deaths }) => sum + deaths, 0),
          quietSeconds: item?.replacedBy?.quietSeconds,
        }).toEqual(meant);
      }
    }
  });

  test('a bad digest is found under its name in every cluster where it failed', async () => {
    for (const { app } of of('bad-release')) {
      const audit = await auditRollbacks(deps(), {}, { image: { repository: app, tag: 'v2' }, limit: 10 });
      expect(audit.items.filter(({ matched }) => matched).map(({ cluster }) => cluster)).toEqual(['cluster-00', 'cluster-01']);
      expect(audit.failedDigests).toEqual([
        expect.objectContaining({
          repository: app,
          digest: digestOf(app, 2),
          clusters: [expect.objectContaining({ cluster: 'cluster-00' }), expect.objectContaining({ cluster: 'cluster-01' })],
        }),
      ]);
    }
  });

  test('only the tags that were given away have moved', async () => {
    for (const { app, story } of workloads) {
      const { movedTags } = await auditRollbacks(deps(), {}, { image: { repository: app }, limit: 10 });
      expect(movedTags.map(({ tag, digests }) => [tag, digests.map(({ digest }) => digest)])).toEqual(
        story.name === 'moved-tag' ? [['v1', [digestOf(app, 1), digestOf(app, 2)]]] : [],
      );
    }
  });

  test('what ran at a moment is the release of that moment', async () => {
    for (const { key, app, story } of of('bad-release')) {
      const at = (story.releases[1]?.at ?? 0) + 60_000;
      const { items } = await listImages(deps(), {}, { cluster: key.cluster, workload: key, at });
      expect(items.map(({ image, pods }) => [image.digest, pods])).toEqual([[digestOf(app, 2), 3]]);
    }
  });
});

test('both engines give the same answers, byte by byte', async () => {
  const ask = async (ledger: LedgerStore) => ({
    trends: await Promise.all(
      (['workload', 'container', 'image', 'namespace', 'node', 'cluster'] as const).flatMap((by) =>
        (['1d', '1w'] as const).map((bucket) => getTrend({ ledger }, {}, { of: 'restarts', by, bucket, last: 60 * day, limit: 7 })),
      ),
    ),
    hours: await getTrend({ ledger }, {}, { of: 'memory', by: 'container', bucket: '1h', last: 20 * day, limit: 5 }),
    audit: await auditRollbacks({ ledger }, {}, { limit: 50 }),
    images: await listImages({ ledger }, {}, { at: fleetEnd - 40 * day }),
    deaths: await listTerminations({ ledger }, { cluster: 'cluster-01' }, { last: 30 * day, limit: 200 }),
  });
  const [sqlite, postgres] = [ledgers.sqlite, ledgers.postgres];
  if (sqlite === undefined || postgres === undefined) throw new Error('both engines are needed');
  expect(JSON.stringify(await ask(postgres))).toBe(JSON.stringify(await ask(sqlite)));
});
