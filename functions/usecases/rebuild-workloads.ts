import type { Clock, IncidentStore, Logger } from '#core/ports.ts';
import { continueReport, type reportWorkload } from '#core/report/report-workload.ts';
import type { WorkloadVersion } from '#core/store-model.ts';
import type { HashText } from '#core/wire/observation-id.ts';

export interface RebuildDeps {
  readonly store: Pick<IncidentStore, 'watermark' | 'observationsOf' | 'unfoldedObservationsOf' | 'saveIncidents'>;
  readonly report: typeof reportWorkload;
  /** The engine's own, where it has one. */
  readonly hash?: HashText;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How many save at the same time, and so can share a commit. On SQLite nothing comes in between: requests wait for all of them. */
const groupSize = 8;

/** Makes the incidents of each workload anew. One that fails is logged, keeps its mark, and harms no other. */
export async function rebuildWorkloads(deps: RebuildDeps, workloads: readonly WorkloadVersion[]): Promise<void> {
  for (let at = 0; at < workloads.length; at += groupSize) {
    await Promise.all(workloads.slice(at, at + groupSize).map((workload) => rebuildWorkload(deps, workload)));
    // Building is pure computation: let requests in between.
    await deps.clock.sleep(0);
  }
}

async function rebuildWorkload({ store, report, hash, logger }: RebuildDeps, workload: WorkloadVersion): Promise<void> {
  const { cluster, namespace, kind, name, version } = workload;
  const key = { cluster, namespace, kind, name };
  try {
    const watermark = await store.watermark(cluster);
    const { observations, fold } = await store.unfoldedObservationsOf(key);
    const continued = fold === undefined ? undefined : continueReport({ key, observations, fold }, watermark, hash);
    const { incidents, ledger } =
      continued ?? report(key, fold === undefined ? observations : await store.observationsOf(key), watermark, hash);
    // Outdated means that it changed meanwhile: whoever changed it builds it again.
    await store.saveIncidents({ ...key, version }, incidents, watermark, ledger);
  } catch (error) {
    logger.error('workload-not-rebuilt', { ...key, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
