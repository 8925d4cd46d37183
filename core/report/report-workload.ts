import { decideFold } from '../fold/decide-fold.ts';
import type { Fold } from '../fold/fold.ts';
import { pastHash, rowsSince } from '../fold/past-hash.ts';
import { toWorkloadHistory } from '../history/workload-history.ts';
import { examineWorkload } from '../incident/build-incidents.ts';
import { buildLedger } from '../ledger/build-ledger.ts';
import type { WorkloadLedger } from '../ledger/workload-ledger.ts';
import type { WorkloadKey } from '../store-model.ts';
import { hashText, type HashText } from '../wire/observation-id.ts';
import type { Observation } from '../wire/observation.ts';
import { documentIncidents, isOver, type ReportedIncident } from './report-incidents.ts';

/** All that is stored of a workload beside its records. */
export interface WorkloadReport {
  readonly incidents: readonly ReportedIncident[];
  readonly ledger: WorkloadLedger;
}

/** Incidents as {@link reportIncidents} makes them, and the ledger, from one reading of the records. */
export function reportWorkload(
  key: WorkloadKey,
  observations: readonly Observation[],
  watermark: number,
  hash: HashText = hashText,
): WorkloadReport {
  const examined = examineWorkload(toWorkloadHistory({ key, observations, now: watermark, hash }));
  const ledger = buildLedger(examined);
  const incidents = documentIncidents(examined.incidents);
  const next = decideFold({ examined, ledger, reported: incidents });
  return { incidents, ledger: next === undefined ? ledger : { ...ledger, fold: { next } } };
}

/**
 * The same from the records that the last build left to read: only what is of the time since its fold.
 *
 * @returns undefined when it takes all records: something of the past changed, or an incident is over and wants its documents
 */
export function continueReport(
  { key, observations, fold }: { readonly key: WorkloadKey; readonly observations: readonly Observation[]; readonly fold: Fold },
  watermark: number,
  hash: HashText = hashText,
): WorkloadReport | undefined {
  const examined = examineWorkload(toWorkloadHistory({ key, observations, now: watermark, hash }));
  const { workload } = examined;
  const incidents = examined.incidents.map(({ incident }) => incident);
  const ledger = buildLedger(examined);
  if (pastHash({ workload, incidents, ledger }, fold.before, new Set()) !== fold.hash) return undefined;
  const present = incidents.filter(({ onsetAt }) => Date.parse(onsetAt) >= fold.before);
  if (present.some(isOver)) return undefined;
  const reported = present.map((incident) => ({ incident, documents: [] }));
  const next = decideFold({ examined, ledger, reported }, fold);
  const step = { since: fold.before, ...(next === undefined ? {} : { next }) };
  return { incidents: reported, ledger: { ...rowsSince(ledger, fold.before), fold: step } };
}
