import type { Chapter, Incident } from '#core/incident/incident.ts';
import type { IncidentStore } from '#core/ports.ts';
import type { reportWorkload } from '#core/report/report-workload.ts';
import type { WorkloadKey } from '#core/store-model.ts';

export interface ReclassifyDeps {
  readonly store: Pick<IncidentStore, 'allWorkloads' | 'incidents' | 'observationsOf' | 'watermark' | 'saveIncidents'>;
  readonly report: typeof reportWorkload;
}

/** What today's rules say differently of one workload. */
export interface Reclassified {
  readonly workload: WorkloadKey;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface ReclassifyOptions {
  /** False: only compare. */
  readonly save: boolean;
  readonly onProgress: (done: number, total: number) => void;
}

/** Runs the rules again over every stored observation and returns what changed; unchanged workloads are saved as well, with the newest documents. */
export async function reclassify(
  { store, report }: ReclassifyDeps,
  { save, onProgress }: ReclassifyOptions,
): Promise<readonly Reclassified[]> {
  const workloads = await store.allWorkloads();
  const changes: Reclassified[] = [];
  for (const [index, { version, ...key }] of workloads.entries()) {
    const watermark = await store.watermark(key.cluster);
    const known = await store.incidents({ cluster: key.cluster, namespace: key.namespace, workload: { kind: key.kind, name: key.name } });
    const built = report(key, await store.observationsOf(key), watermark);
    const before = describe(known);
    const after = describe(built.incidents.map(({ incident }) => incident));
    if (JSON.stringify(before) !== JSON.stringify(after)) changes.push({ workload: key, before, after });
    if (save) await store.saveIncidents({ ...key, version }, built.incidents, watermark, built.ledger);
    onProgress(index + 1, workloads.length);
  }
  return changes;
}

/** What a rule can change of an incident, oldest first; times and documents are no judgement. */
function describe(incidents: readonly Incident[]): readonly string[] {
  return incidents
    .toSorted((a, b) => (a.onsetAt < b.onsetAt ? -1 : 1))
    .map(({ onsetAt, chapters }) => `${onsetAt} ${chapters.map(describeChapter).join('; ')}`);
}

function describeChapter({ symptom, phase, failurePoint, cause, container }: Chapter): string {
  return `${symptom}/${phase}/${failurePoint}/${cause}${container === undefined ? '' : ` (${container})`}`;
}
