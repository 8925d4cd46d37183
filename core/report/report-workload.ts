import { toWorkloadHistory } from '../history/workload-history.ts';
import { examineWorkload } from '../incident/build-incidents.ts';
import { buildLedger } from '../ledger/build-ledger.ts';
import type { WorkloadLedger } from '../ledger/workload-ledger.ts';
import type { WorkloadKey } from '../store-model.ts';
import type { Observation } from '../wire/observation.ts';
import { documentIncidents, type ReportedIncident } from './report-incidents.ts';

/** All that is stored of a workload beside its records. */
export interface WorkloadReport {
  readonly incidents: readonly ReportedIncident[];
  readonly ledger: WorkloadLedger;
}

/** Incidents as {@link reportIncidents} makes them, and the ledger, from one reading of the records. */
export function reportWorkload(key: WorkloadKey, observations: readonly Observation[], watermark: number): WorkloadReport {
  const examined = examineWorkload(toWorkloadHistory({ key, observations, now: watermark }));
  return { incidents: documentIncidents(examined.incidents), ledger: buildLedger(examined) };
}
