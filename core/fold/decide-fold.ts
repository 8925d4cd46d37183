import type { ExaminedWorkload } from '../incident/build-incidents.ts';
import type { WorkloadLedger } from '../ledger/workload-ledger.ts';
import type { StoredDocument } from '../store-model.ts';
import type { Incident } from '../incident/incident.ts';
import type { Fold, FoldStep } from './fold.ts';
import { foldableObjects, nearness } from './foldable-objects.ts';
import { pastHash, type BuiltWorkload } from './past-hash.ts';

interface Built {
  readonly examined: ExaminedWorkload;
  readonly ledger: WorkloadLedger;
  /** Those that are not of the past of an earlier fold. */
  readonly reported: readonly { readonly incident: Incident; readonly documents: readonly Pick<StoredDocument, 'watermark'>[] }[];
}

/**
 * How far the history of a workload is told for good, after a build of all of it, or of what an earlier fold left.
 *
 * @param previous that the build continues
 */
export function decideFold({ examined, ledger, reported }: Built, previous?: Fold): FoldStep['next'] {
  const { workload, incidents } = examined;
  if (workload.snapshot) return undefined;
  const settled = workload.now - nearness;
  // A document's watermark is the end of what it looks at: it is made anew for every record up to there.
  const unfinished = reported.filter(({ documents: [document] }) => document === undefined || document.watermark >= settled);
  const reach = Math.min(settled, ...unfinished.map(({ incident }) => Date.parse(incident.onsetAt) - nearness));
  const before = Math.max(reach, previous?.before ?? 0);
  if (before <= ledger.from) return undefined;
  const uids = foldableObjects(examined, ledger, before);
  const built: BuiltWorkload = { workload, incidents: incidents.map(({ incident }) => incident), ledger };
  return { before, hash: pastHash(built, before, new Set(uids)), uids };
}
