import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createIncidentStore } from '../../db/incident-store.ts';
import { openSqlite } from '../../db/open-sqlite.ts';
import { formatStatus, toStatusReport } from '../../cli/output/format-status.ts';
import { heartbeat } from '../support/build-cluster-observations.ts';
import { pod } from '../support/build-observations.ts';
import { runMortem } from '../support/run-mortem.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const dayMs = 86_400_000;
const retention = { batchesMs: 30 * dayMs, observationsMs: 90 * dayMs, incidentsMs: 400 * dayMs };
const now = new Date('2026-05-03T14:10:00Z');

function beat(name: string, minutesAgo: number) {
  return { cluster: 'prod', name, beatAt: now.getTime() - minutesAgo * 60_000, watches: ['pods'] };
}

test('what runs, what is silent, what waits, and how fast it grows', () => {
  const report = toStatusReport({
    status: {
      clusters: [
        { cluster: 'prod', watermark: now.getTime(), collectors: [beat('a', 1), beat('b', 6)], missed: 2 },
        { cluster: 'dump', watermark: 0, collectors: [], missed: 0 },
      ],
      notes: [],
      pending: [],
      quarantined: Array.from({ length: 100 }) as never,
    },
    storage: { bytes: 2_000_000, observations: 1000, observationsOfLastDay: 500, incidents: 3, terminations: 40 },
    retention,
    now,
  });
  expect(formatStatus(report)).toBe(
    [
      'CLUSTER   COLLECTOR   STATE        LAST BEAT                  DATA UNTIL                 GAPS',
      'prod      a           running      2026-05-03T14:09:00.000Z   2026-05-03T14:10:00.000Z   2',
      'prod      b           silent       2026-05-03T14:04:00.000Z   2026-05-03T14:10:00.000Z   2',
      'dump      -           never seen   -                          1970-01-01T00:00:00.000Z   0',
      '',
      'Batches: 0 wait, 100 or more are set aside: "mortem redrive --dry-run" says why.',
      'Database: 2.0 MB, 1000 records, 3 incidents, 40 terminations. 500 records came in the last day of data, 1.0 MB: at this rate 90.0 MB when they are kept 90 days.',
    ].join('\n'),
  );
});

test.each([
  [20e6, 90, '1.0 MB: at this rate 90.0 MB when they are kept 90 days; 20.0 MB is reached in 18 days.', 18],
  [1e6, 90, '1.0 MB: at this rate 90.0 MB when they are kept 90 days; 1.0 MB is reached in 0 days.', 0],
  [95e6, 90, '1.0 MB: at this rate 90.0 MB when they are kept 90 days; 95.0 MB is not reached.', undefined],
  [95e6, undefined, '1.0 MB; 95.0 MB is reached in 93 days.', 93],
])('a limit of %s bytes with records kept %s days', (limitBytes, days, told, daysToLimit) => {
  const report = toStatusReport({
    status: { clusters: [], notes: [], pending: [], quarantined: [] },
    storage: { bytes: 2_000_000, observations: 1000, observationsOfLastDay: 500, incidents: 3, terminations: 40 },
    retention: { ...retention, observationsMs: days === undefined ? undefined : days * dayMs },
    now,
    limitBytes,
  });
  expect(formatStatus(report).split('last day of data, ')[1]).toBe(told);
  expect(report.storage).toMatchObject({ bytesPerDay: 1_000_000, daysToLimit });
});

test('a store without a record has no forecast', () => {
  const report = toStatusReport({
    status: { clusters: [], notes: [], pending: [], quarantined: [] },
    storage: { bytes: 2_000_000, observations: 0, observationsOfLastDay: 0, incidents: 0, terminations: 0 },
    retention,
    now,
    limitBytes: 1e9,
  });
  expect(formatStatus(report)).toContain('0 records came in the last day of data.');
});

test('a size that is none is refused with what is one', async () => {
  const { code, stderr } = await runMortem(['status', '--limit', '20', '--data', await temporaryDirectory()]);
  expect(code).toBe(2);
  expect(stderr).toContain('A size is a number with MB, GB or TB, such as 20GB.');
});

test('status and purge on the command line', async () => {
  const data = await temporaryDirectory();
  const store = createIncidentStore(openSqlite(join(data, 'mortem.db')));
  await store.indexObservations('test', [pod(1), heartbeat(60)]);
  await store.close();
  const { code, stdout } = await runMortem(['status', '-o', 'json', '--data', data]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    kind: 'Status',
    collectors: [{ cluster: 'test', state: 'silent' }],
    storage: { observations: 1, observationsOfLastDay: 1, keptDays: 90 },
  });
  expect(await runMortem(['purge', '--cluster', 'test', '--data', data])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'mortem: Nobody is there to be asked. Say --dry-run to see what would go, or --yes.\n',
  });
  expect(await runMortem(['purge', '--cluster', 'test', '--yes', '--data', data])).toMatchObject({
    code: 0,
    stdout: 'Removed 1 records, 0 incidents with their documents, 0 rows of ledgers, and what 0 batches hold of it.\n',
  });
});
