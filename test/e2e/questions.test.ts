import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningServer } from '../../functions/serve.ts';
import { auditRollbacks } from '../../functions/usecases/audit-rollbacks.ts';
import { getTrend } from '../../functions/usecases/get-trend.ts';
import { listImages, listRollouts, listTerminations } from '../../functions/usecases/list-ledger.ts';
import { replayInto, startTestServer } from '../support/replayed.ts';

/** The questions asked weeks later, of the recorded story: a wrong tag, a missing Secret, a release that is OOMKilled, a rollback. */
const name = 's24-seed-story';
const workload = { kind: 'Deployment', name: 'payments-api' };
const day = 86_400_000;
const good = 'sha256:304d687b994c';
const bad = 'sha256:6f48f909fb53';
let server: RunningServer;

beforeAll(async () => {
  server = await startTestServer();
  await replayInto(server, name);
});

afterAll(() => server.close());

test('the audit tells what each release did, what replaced it, and whether that helped', async () => {
  const { items, matchedBy, through } = await auditRollbacks(server.deps, {}, { workload, limit: 10 });
  expect({ matchedBy, through }).toEqual({ matchedBy: 'workload', through: '2026-11-22T11:08:02.269Z' });
  expect(items.map(({ summary }) => summary)).toEqual([
    `2026-04-21-rc1 never started (not-found); replaced after 30 s by 2026-04-21@${good}; ImagePullBackOff ended: not seen again in 1 min 5 s, until the next rollout`,
    `2026-04-21@${good} failed as CreateContainerConfigError (missing-secret), first 0 s after its rollout; replaced after 1 min 5 s by 2026-04-22@${bad}; CreateContainerConfigError was over 21 s before that, and was not seen again in 1 min 17 s, until the next rollout`,
    `2026-04-22@${bad} was OOMKilled 4 times within 58 s, first 8 s after its rollout; rolled back after 1 min 17 s to 2026-04-21@${good}; OOMKilled ended: not seen again in 27 s, until the data ends`,
    `2026-04-21@${good} has run for 27 s without a failure`,
  ]);
  expect(items.map(({ kind, mechanism, started, livedSeconds }) => [kind, mechanism.kind, started, livedSeconds])).toEqual([
    ['rollout', 'first-seen', false, 30],
    ['rollout', 'new-template', true, 65],
    ['rollout', 'new-template', true, 77],
    ['rollback', 'same-template', true, 27],
  ]);
  expect(items[1]?.failures.map(({ symptom, endedAt }) => [symptom, endedAt])).toEqual([
    ['CreateContainerConfigError', '2026-11-22T11:05:57.704Z'],
  ]);
  expect(items[1]?.replacedBy).not.toHaveProperty('verdict');
  expect(items[2]?.replacedBy).toMatchObject({
    kind: 'rollback',
    verdict: 'ended',
    quietSeconds: 27,
    quietUntil: 'data-end',
    revision: '4',
  });
  const [incident] = await server.deps.store.incidents({ cluster: name });
  expect(new Set(items.flatMap(({ incidents }) => incidents))).toEqual(new Set([incident?.id]));
});

test('where nothing is asked for, the rollback is shown with all that failed in its incident', async () => {
  const { items, matchedBy } = await auditRollbacks(server.deps, {}, { limit: 10 });
  expect(matchedBy).toBe('everything');
  expect(items.map(({ revision, matched }) => [revision, matched])).toEqual([
    ['1', false],
    ['2', false],
    ['3', false],
    ['4', true],
  ]);
});

test('an image is found by its digest under any tag, by its tag with a warning, and with its neighbours', async () => {
  const byDigest = await auditRollbacks(server.deps, {}, { image: { digest: bad }, limit: 10 });
  expect(byDigest.matchedBy).toBe('digest');
  expect(byDigest.note).toBeUndefined();
  expect(byDigest.items.map(({ to, matched }) => [to.tag, matched])).toEqual([
    ['2026-04-21', false],
    ['2026-04-22', true],
    ['2026-04-21', false],
  ]);
  const byTag = await auditRollbacks(server.deps, {}, { image: { repository: 'platform/api', tag: '2026-04-22' }, limit: 10 });
  expect(byTag.items.map(({ summary }) => summary)).toEqual(byDigest.items.map(({ summary }) => summary));
  expect(byTag.note).toMatch(/^Matched by tag only: under it ran sha256:6f48f909fb53[0-9a-f]{52}\. /);
  expect((await auditRollbacks(server.deps, {}, { image: { repository: 'platform/web' }, limit: 10 })).items).toEqual([]);
});

test('the trend counts the deaths of the day they happened, with what was in force and what changed', async () => {
  const trend = await getTrend(server.deps, {}, { of: 'oomkilled', by: 'workload', bucket: '1d', last: 3 * day, limit: 10 });
  expect(trend).toMatchObject({ since: '2026-11-19T00:00:00Z', until: '2026-11-23T00:00:00Z', total: 4, groups: 1 });
  expect(trend.items).toEqual([
    expect.objectContaining({
      key: `${name}/${name}/Deployment/payments-api`,
      change: 'new',
      total: 4,
      counts: [0, 0, 0, 4],
      kinds: { 'container-limit': 4 },
      livedSeconds: { median: 7, p90: 7, known: 4 },
      limits: [{ limit: '192Mi', count: 4, firstAt: '2026-11-22T11:06:26Z', lastAt: '2026-11-22T11:07:24Z' }],
    }),
  ]);
  expect(trend.items[0]?.markers.map(({ summary }) => summary)).toEqual([
    `2026-04-21-rc1 → 2026-04-21@${good} on 22 Nov: 0 in the 29 s before, 0 in the 1 min 5 s after`,
    `2026-04-21@${good} → 2026-04-22@${bad} on 22 Nov: 0 in the 1 min 5 s before, 4 in the 1 min 16 s after`,
    `rollback 2026-04-22@${bad} → 2026-04-21@${good} on 22 Nov: 4 in the 1 min 16 s before, 0 in the 27 s after`,
  ]);
});

test.each([
  ['container', `${name}/${name}/Deployment/payments-api/api`],
  ['image', expect.stringContaining(bad)],
  ['namespace', `${name}/${name}`],
  ['node', expect.stringContaining(`${name}/`)],
  ['cluster', name],
] as const)('by %s there is one group, whatever the bucket', async (by, key) => {
  for (const bucket of ['1h', '1d', '1w'] as const) {
    const trend = await getTrend(server.deps, {}, { of: 'oomkilled', by, bucket, last: 2 * day, limit: 10 });
    expect(trend.items.map((group) => [group.key, group.total, group.counts.reduce((sum, count) => sum + count, 0)])).toEqual([
      [key, 4, 4],
    ]);
  }
});

test('an image that could not be pulled is counted where it began', async () => {
  const trend = await getTrend(server.deps, {}, { of: 'image-pull', by: 'workload', bucket: '1h', last: 3_600_000, limit: 10 });
  expect(trend.items.map(({ total, kinds, livedSeconds }) => ({ total, kinds, livedSeconds }))).toEqual([
    { total: 1, kinds: { 'not-found': 1 }, livedSeconds: { median: 74, p90: 74, known: 1 } },
  ]);
});

test('what ran at a moment', async () => {
  const at = async (time: string) =>
    (await listImages(server.deps, {}, { at: Date.parse(time) })).items.map(({ image, pods }) => [image.tag, pods]);
  expect(await at('2026-11-22T11:05:00Z')).toEqual([]);
  expect(await at('2026-11-22T11:06:10Z')).toEqual([['2026-04-21', 1]]);
  expect(await at('2026-11-22T11:07:00Z')).toEqual([['2026-04-22', 1]]);
  expect(await at('2026-11-22T11:08:00Z')).toEqual([['2026-04-21', 1]]);
});

test('lists go page by page, newest first, and nothing twice', async () => {
  const first = await listTerminations(server.deps, {}, { limit: 3, of: 'oomkilled' });
  const second = await listTerminations(server.deps, {}, { limit: 3, of: 'oomkilled', cursor: first.next ?? '' });
  expect([...first.items, ...second.items].map(({ finishedAt }) => finishedAt)).toEqual(
    ['11:07:24', '11:06:53', '11:06:34', '11:06:26'].map((time) => `2026-11-22T${time}Z`),
  );
  expect(second.next).toBeUndefined();
  const rollouts = await listRollouts(server.deps, {}, { limit: 10 });
  expect(rollouts.items.map(({ revision }) => revision)).toEqual(['4', '3', '2', '1']);
});

test('a reader of another cluster sees nothing', async () => {
  const scope = { cluster: 'another' };
  expect((await auditRollbacks(server.deps, scope, { cluster: name, limit: 10 })).items).toEqual([]);
  expect((await auditRollbacks(server.deps, scope, { workload, limit: 10 })).items).toEqual([]);
  expect(
    (await getTrend(server.deps, scope, { of: 'oomkilled', by: 'workload', bucket: '1d', since: 0, until: day, limit: 1 })).total,
  ).toBe(0);
  expect((await listTerminations(server.deps, scope, { limit: 10 })).items).toEqual([]);
  expect((await listImages(server.deps, scope, { cluster: name })).items).toEqual([]);
});
