import type { Incident } from '#core/incident/incident.ts';
import type { WorkloadLedger } from '#core/ledger/workload-ledger.ts';
import type { StoredDocument, WorkloadVersion } from '#core/store-model.ts';
import type { Connection } from './database.ts';
import { keepVersions } from './document-versions.ts';
import { foldObjects } from './fold-objects.ts';
import { awaitsSettling, incidentRow } from './incident-row.ts';
import { incidentStatements, readDocumentsOf } from './incident-statements.ts';
import { saveLedger } from './ledger/save-ledger.ts';

/** An incident and what was written about it. */
export interface DocumentedIncident {
  readonly incident: Incident;
  readonly documents: readonly StoredDocument[];
}

/** Replaces the incidents of a workload that is still as it was when they were made. */
export async function saveIncidents(
  tx: Connection,
  workload: WorkloadVersion,
  documented: readonly DocumentedIncident[],
  { watermark, ledger }: { readonly watermark: number; readonly ledger?: WorkloadLedger | undefined },
): Promise<'saved' | 'outdated'> {
  const { whole, continued, incidentsFrom } = incidentStatements(tx);
  const { cluster, namespace, kind, name, version } = workload;
  const key = { cluster, namespace, kind, name };
  const { since = 0, next } = ledger?.fold ?? {};
  const { before: foldedBefore = 0, hash: foldHash = '' } = next ?? {};
  const settling = documented.some(({ incident }) => awaitsSettling(incident));
  const evaluated = (since === 0 ? whole : continued)[settling ? 'unsettled' : 'settled'];
  // The update is the lock as well: of two that save the same version the second waits here, then finds its condition.
  const [current] = await evaluated.execute({ ...key, version, watermark, since, foldedBefore, foldHash });
  if (current === undefined) return 'outdated';

  // What began before the oldest record that is left stays as it is: the rest would tell less of it, or another story.
  const expiredBefore = Math.max(current.expiredBefore, since);
  const stored = await incidentsFrom.execute({ ...key, expiredBefore });
  const built = documented.filter(({ incident }) => Date.parse(incident.onsetAt) >= expiredBefore);
  const unchanged = await unchangedIds(tx, stored, built);
  const made = built.filter(({ incident }) => !unchanged.has(incident.id));
  const outdated = stored.map(({ id }) => id).filter((id) => !unchanged.has(id));
  if (made.length + outdated.length > 0) await replaceIncidents(tx, workload, { made, outdated });
  if (ledger !== undefined) await saveLedger(tx, workload, ledger);
  if (next !== undefined) await foldObjects(tx, workload, { uids: next.uids, anew: since === 0 });
  return 'saved';
}

async function replaceIncidents(
  tx: Connection,
  workload: WorkloadVersion,
  { made, outdated }: { readonly made: readonly DocumentedIncident[]; readonly outdated: readonly string[] },
): Promise<void> {
  await keepVersions(tx, workload, { replaced: outdated, made });
  await removeIncidents(tx, workload, { made, outdated });
  await insertIncidents(tx, made);
}

/** Those that are stored exactly so already: most of an evaluation that only time made due. */
async function unchangedIds(
  tx: Connection,
  stored: readonly { readonly id: string; readonly body: string }[],
  documented: readonly DocumentedIncident[],
): Promise<ReadonlySet<string>> {
  const bodies = new Map(stored.map(({ id, body }) => [id, body]));
  const same = documented.filter(({ incident }) => bodies.get(incident.id) === JSON.stringify(incident));
  if (same.length === 0) return new Set();
  const rows = await readDocumentsOf(
    tx,
    same.map(({ incident }) => incident.id),
  );
  const known = new Set(rows.map((row) => documentIdentity(row.incidentId, row)));
  const isStored = ({ incident, documents: made }: DocumentedIncident): boolean =>
    rows.filter(({ incidentId }) => incidentId === incident.id).length === made.length &&
    made.every((document) => known.has(documentIdentity(incident.id, document)));
  return new Set(same.filter(isStored).map(({ incident }) => incident.id));
}

/** The watermark is left out: it says when a document was made, and the same document needs no making. */
function documentIdentity(
  incidentId: string,
  { kind, inputHash, markdown }: { kind: string; inputHash: string; markdown: string },
): string {
  return JSON.stringify([incidentId, kind, inputHash, markdown]);
}

/**
 * The row of an incident is the lock of what hangs on it: whoever deletes the row removes its ids and documents, and nobody
 * removes those that another workload's save has put there meanwhile.
 */
async function removeIncidents(
  tx: Connection,
  { cluster, namespace, kind, name }: WorkloadVersion,
  { made, outdated }: { readonly made: readonly DocumentedIncident[]; readonly outdated: readonly string[] },
): Promise<void> {
  const { removeIncident, removeIncidentOf, removeDocuments, removeIds } = incidentStatements(tx);
  const own = { cluster, namespace, kind, name };
  // Whoever has them: the records of an incident may turn out to belong to another workload than the one it is stored under.
  const anybodys = new Set<string>(made.map(({ incident }) => incident.id));
  const ids = [...new Set([...anybodys, ...outdated])].toSorted();
  const removed = await Promise.all(
    ids.map((id) => (anybodys.has(id) ? removeIncident.execute({ id }) : removeIncidentOf.execute({ id, ...own }))),
  );
  await Promise.all(removed.flat().flatMap(({ id }) => [removeDocuments.execute({ id }), removeIds.execute({ id })]));
}

async function insertIncidents(tx: Connection, documented: readonly DocumentedIncident[]): Promise<void> {
  const { insertRows, insertIds, insertDocuments } = incidentStatements(tx);
  await insertRows(documented.map(({ incident }) => incidentRow(incident)));
  await insertIds(
    documented.flatMap(({ incident }) =>
      [...new Set([incident.id, ...incident.aliases])].map((alias) => ({ alias, incidentId: incident.id })),
    ),
  );
  await insertDocuments(
    documented.flatMap(({ incident, documents }) => documents.map((document) => ({ incidentId: incident.id, ...document }))),
  );
}
