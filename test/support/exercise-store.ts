import type { CompactionStore, IncidentStore, RetentionStore } from '#core/ports.ts';
import { coverage, node } from './build-cluster-observations.ts';
import { incident, timeline } from './build-incident.ts';
import { event, key, pod } from './build-observations.ts';

/** Runs once what a busy store runs all the time: every statement of ingest, rebuild, look-up and the schedule. */
export async function exerciseStore(store: IncidentStore, retained: RetentionStore, compaction: CompactionStore): Promise<void> {
  const records = [
    pod(1),
    event(2, { reason: 'Evicted', message: 'x', involvedObject: { kind: 'Pod', name: 'api-7d9f-abcde' } }),
    node(3, '9'),
  ];
  const { touched } = await store.indexObservations('test', records);
  await store.indexObservations('test', [...records.map((record) => ({ ...record, observedAt: '2020-01-01T00:00:00Z' })), coverage(4)]);
  await store.observationsOf(key);
  for (const workload of touched) await store.saveIncidents(workload, [{ incident: incident(), documents: [timeline()] }], 1);
  const ledger = { from: 0, terminations: [], waits: [], rollouts: [], podRuns: [] };
  const next = { before: 1, hash: 'x', uids: ['pod-1'] };
  for (const workload of await store.staleWorkloads(10)) {
    await store.saveIncidents(workload, [], 1, { ...ledger, fold: { next } });
    await store.unfoldedObservationsOf(workload);
    await store.saveIncidents(workload, [], 2, { ...ledger, fold: { since: 1, next } });
  }
  await store.incident('INC-1');
  await store.document('INC-1', 'timeline');
  await store.document('INC-1', 'timeline', 1);
  await store.documentVersions('INC-1', 'timeline');
  await store.evidence('EV-12345678', 10);
  await store.incidents({ ...key, workload: key, limit: 10 });
  await store.incidentPage({ limit: 5, text: 'x', after: { onsetAt: 1, id: 'INC-1' } });
  await store.incidentPage({ limit: 5 });
  await store.incidents({ limit: 10 });
  await store.pendingBatches(10);
  await store.quarantinedBatches(10);
  await store.staleWorkloads(10);
  await store.unsettledWorkloads();
  await store.unsettledWorkloads('test');
  await store.apiKey('hash');
  await store.watermark('test');
  await retained.processedBatches(1, 10);
  await store.indexObservations(
    'test',
    Array.from({ length: 100 }, (_, index) => pod(index)),
  );
  await compaction.compactObservations(Date.parse('2027-01-01T00:00:00Z'), 10);
  await store.observationsOf(key);
  await store.observationsAbout('test', 'pod-1');
  await store.evidence('EV-', 10);
  // As if all of it were too old.
  await retained.expireIncidents(-86_400_000, 10_000);
  await retained.expireObservations(-86_400_000, 10_000);
}
