import type { ExaminedWorkload } from '../incident/build-incidents.ts';
import { buildPodRuns } from './build-pod-runs.ts';
import { buildRolloutRecords } from './build-rollout-records.ts';
import { buildTerminations } from './build-terminations.ts';
import { buildWaits } from './build-waits.ts';
import { toldSigns } from './told-signs.ts';
import type { WorkloadLedger } from './workload-ledger.ts';

/** The rows that questions of months later are answered from. As the incidents: the same set of records gives the same rows. */
export function buildLedger(examined: ExaminedWorkload): WorkloadLedger {
  const { workload, rollouts } = examined;
  const told = toldSigns(examined);
  const podRuns = buildPodRuns(workload);
  return {
    from: workload.observations.reduce((oldest, { observedAt }) => Math.min(oldest, Date.parse(observedAt)), workload.now),
    terminations: buildTerminations({ workload, rollouts, told }),
    waits: buildWaits(workload, told),
    rollouts: buildRolloutRecords({ workload, rollouts, told, podRuns }),
    podRuns,
  };
}
