import type { IncidentStore } from '#core/ports.ts';
import { rebuildWorkloads, type RebuildDeps } from './rebuild-workloads.ts';

export interface ReevaluateDeps extends RebuildDeps {
  readonly store: RebuildDeps['store'] & Pick<IncidentStore, 'unsettledWorkloads'>;
}

/** Lets the passing of data time have its effect: incidents open at a threshold, settle, and say so. */
export async function reevaluate(deps: ReevaluateDeps): Promise<void> {
  await rebuildWorkloads(deps, await deps.store.unsettledWorkloads());
}
