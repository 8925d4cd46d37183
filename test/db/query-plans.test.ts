import { join } from 'node:path';
import BetterSqlite from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { IncidentStore } from '#core/ports.ts';
import { createIncidentStore } from '../../db/incident-store.ts';
import { openSqlite } from '../../db/open-sqlite.ts';
import { coverage, node } from '../support/build-cluster-observations.ts';
import { incident, timeline } from '../support/build-incident.ts';
import { event, key, pod } from '../support/build-observations.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** Runs what a busy store runs all the time, and returns the plan of every statement it prepared. */
async function plansOf(work: (store: IncidentStore) => Promise<void>): Promise<readonly { sql: string; plan: string }[]> {
  const path = join(await temporaryDirectory(), 'mortem.db');
  const prepare = vi.spyOn(BetterSqlite.prototype, 'prepare');
  const store = createIncidentStore(openSqlite(path));
  await work(store);
  const statements = [...new Set(prepare.mock.calls.map(([sql]) => sql))];
  prepare.mockRestore();
  await store.close();
  const client = new BetterSqlite(path);
  onTestFinished(() => void client.close());
  return statements
    .filter((sql) => /^(select|update|delete)/.test(sql))
    .map((sql) => {
      const rows = client.prepare<unknown[], { detail: string }>(`explain query plan ${sql}`).all(...placeholders(sql));
      return { sql, plan: rows.map(({ detail }) => detail).join(' | ') };
    });
}

function placeholders(sql: string): string[] {
  return Array.from({ length: sql.split('?').length - 1 }, () => 'x');
}

test('no statement of ingest, rebuild and look-up reads a whole table', async () => {
  const plans = await plansOf(async (store) => {
    const records = [
      pod(1),
      event(2, { reason: 'Evicted', message: 'x', involvedObject: { kind: 'Pod', name: 'api-7d9f-abcde' } }),
      node(3, '9'),
    ];
    const { touched } = await store.indexObservations('test', records);
    await store.indexObservations('test', [...records.map((record) => ({ ...record, observedAt: '2020-01-01T00:00:00Z' })), coverage(4)]);
    await store.observationsOf(key);
    for (const workload of touched) await store.saveIncidents(workload, [{ incident: incident(), documents: [timeline()] }], 1);
    await store.incident('INC-1');
    await store.document('INC-1', 'timeline');
    await store.evidence('EV-12345678', 10);
    await store.incidents({ ...key, workload: key, limit: 10 });
    await store.incidents({ limit: 10 });
    await store.pendingBatches(10);
    await store.staleWorkloads(10);
    await store.unsettledWorkloads();
    await store.unsettledWorkloads('test');
    await store.apiKey('hash');
    await store.quarantinedBatches(10);
    await store.watermark('test');
  });
  expect(plans.length).toBeGreaterThan(15);
  // Subqueries may be scanned, and partial indexes of what is left to do, and incidents by onset up to a limit.
  const scans = plans.filter(({ plan }) =>
    /SCAN (?!names|targets|incidents USING INDEX incidents_onset|batches USING INDEX batches_(?:pending|quarantined)|workloads USING INDEX workloads_)/.test(
      plan,
    ),
  );
  expect(scans).toEqual([]);
});
