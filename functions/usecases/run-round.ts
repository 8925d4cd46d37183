import type { LedgerStore } from '#core/ledger/ledger-store.ts';
import type { BlobStore, Logger } from '#core/ports.ts';
import { compact, type CompactDeps } from './compact.ts';
import { expire, type ExpireDeps } from './expire.ts';
import { redrive, type RedriveDeps, type RedriveOptions } from './redrive.ts';
import { reevaluate, type ReevaluateDeps } from './reevaluate.ts';

export interface RoundDeps extends RedriveDeps, ReevaluateDeps, CompactDeps, ExpireDeps {
  readonly store: RedriveDeps['store'] & ReevaluateDeps['store'];
  readonly ledger: Pick<LedgerStore, 'foldTrends'>;
  readonly blobs: BlobStore;
  readonly logger: Logger;
  /** For a process that answers requests meanwhile; absent: all that is due at once. */
  readonly reevaluateAtPace?: () => Promise<void>;
}

/** Expiry has the first minutes of each hour: a function that is started each minute remembers nothing of the last one. */
const expiryMinutes = 5;
/** Weeks of workloads: a few seconds. */
const foldsPerRound = 2_000;

/** What the schedule does each minute. */
export async function runRound(deps: RoundDeps, options?: RedriveOptions): Promise<void> {
  await redrive(deps, options);
  await (deps.reevaluateAtPace?.() ?? reevaluate(deps));
  // So that whoever asks for a trend need not.
  await deps.ledger.foldTrends({}, foldsPerRound);
  const { segments, records, merged } = await compact(deps);
  if (segments + merged > 0) deps.logger.info('compacted', { segments, records, merged });
  if (deps.clock.now().getUTCMinutes() >= expiryMinutes) return;
  const expired = await expire(deps);
  if (expired.batches + expired.observations + expired.incidents > 0) deps.logger.info('expired', { ...expired });
}
