import type { IndexedBatch } from '#core/store-model.ts';
import type { CoverageObservation } from '#core/wire/coverage.ts';
import type { Observation } from '#core/wire/observation.ts';
import { keepBeats } from './collectors.ts';
import type { Connection } from './database.ts';
import { indexDeaths } from './deaths.ts';
import { learnObjects } from './learn-objects.ts';
import { markWorkloads } from './mark-workloads.ts';
import { storeObservations } from './store-observations.ts';
import { touchedBy } from './touched-by.ts';
import { raiseWatermark } from './watermarks.ts';

/**
 * One batch into the index, inside one transaction. Heartbeats move the watermark, and only the newest of a collector is kept: they come for ever.
 *
 * The watermark comes first, since its row is the lock of the cluster: of two transactions at once the second waits there, and
 * then sees what the first merged, learned and marked. The upsert locks the row also when it leaves it as it is.
 */
export async function indexObservations(tx: Connection, cluster: string, observations: readonly Observation[]): Promise<IndexedBatch> {
  const advanced = await raiseWatermark(tx, cluster, latestDataTime(observations));
  const kept = observations.filter((observation) => !isHeartbeat(observation));
  const { inserted, changed } = await storeObservations(tx, cluster, kept);
  await indexDeaths(tx, cluster, changed);
  const learned = await learnObjects(tx, cluster, kept);
  const touched = await markWorkloads(tx, await touchedBy(tx, cluster, changed, learned));
  await keepBeats(tx, cluster, observations.filter(isHeartbeat));
  const heartbeats = advanced ? observations.length - kept.length : 0;
  return { inserted: inserted + heartbeats, duplicates: observations.length - inserted - heartbeats, touched };
}

function isHeartbeat(observation: Observation): observation is CoverageObservation {
  return observation.kind === 'coverage' && observation.note === 'heartbeat';
}

function latestDataTime(observations: readonly Observation[]): number {
  return observations.reduce((latest, { observedAt }) => Math.max(latest, Date.parse(observedAt)), 0);
}
