import type { TrendGroupKey } from '#core/trends/trend-rows.ts';
import type { TrendGrouping } from '#core/trends/trend.ts';
import { createLedgerStore } from '../../db/ledger-store.ts';
import { saveLedger } from '../../db/ledger/save-ledger.ts';
import type { OpenDatabase } from '../../db/database.ts';
import { instant, key } from './build-observations.ts';
import { workloadLedger } from './build-ledger-rows.ts';

/** Every statement of the ledger once: what the questions and every rebuild run. */
export async function exerciseLedger(database: OpenDatabase): Promise<void> {
  const ledger = createLedgerStore(database);
  const { transact } = database;
  await transact((tx) => saveLedger(tx, key, workloadLedger));
  await transact((tx) => saveLedger(tx, key, { ...workloadLedger, terminations: [], waits: [], rollouts: [], podRuns: [] }));
  const since = instant(0);
  const until = instant(1000);
  const place = { cluster: key.cluster, namespace: key.namespace, workload: key };
  const after = { at: until, evidence: 'EV-f', container: 'z' };
  await ledger.watermarks();
  await ledger.watermarks(key.cluster);
  for (const scope of [
    { since, limit: 10 },
    { ...place, limit: 10 },
    { image: { digest: 'sha256:ab' }, limit: 10 },
    { after, limit: 10 },
  ]) {
    await ledger.terminations(scope);
    await ledger.rollouts(scope);
  }
  await ledger.imageRuns({ at: until });
  await ledger.imageRuns({ ...place, at: until });
  const keys: Readonly<Record<TrendGrouping, TrendGroupKey>> = {
    workload: { cluster: 'test', namespace: 'shop', workload: key },
    container: { cluster: 'test', namespace: 'shop', workload: key, container: 'app' },
    image: { image: { ref: 'api', digest: 'sha256:ab' } },
    namespace: { cluster: 'test', namespace: 'shop' },
    node: { cluster: 'test', node: 'node-1' },
    cluster: { cluster: 'test' },
  };
  await ledger.foldTrends({}, 10);
  await ledger.foldTrends({ cluster: key.cluster, since, until }, 10);
  for (const by of ['workload', 'container', 'image', 'namespace', 'node', 'cluster'] as const) {
    const span = { of: 'oomkilled', by, since, until } as const;
    if (by !== 'node') await ledger.trendTotals({ ...span, by, middle: since });
    await ledger.trendBlocks(span, [keys[by], keys[by]]);
    await ledger.trendBlocks(span);
    if (by === 'workload' || by === 'container' || by === 'image') await ledger.podSeconds(span, [keys[by], keys[by]]);
  }
  await ledger.rolloutsOf([key, { ...key, name: 'web' }]);
  await ledger.auditedWorkloads({ limit: 10, after: key });
  await ledger.auditedWorkloads({ ...place, limit: 10 });
  for (const image of [
    { digest: 'sha256:ab' },
    { repository: 'shop/api' },
    { repository: 'shop/api', tag: '1' },
    { repository: 'shop/api', tag: '1', digest: 'sha256:ab' },
  ]) {
    await ledger.auditedWorkloads({ image, limit: 10 });
  }
  await ledger.sightings(['shop/api', 'shop/web'], 'test');
  await ledger.failedRollouts(['sha256:ab', 'sha256:cd']);
}
