import { and, eq, getTableColumns, inArray, max } from 'drizzle-orm';
import type { DocumentVersion, StoredDocument, WorkloadKey } from '#core/store-model.ts';
import type { Connection } from './database.ts';
import { readDocumentsOf } from './incident-statements.ts';
import { readDocument } from './read-incidents.ts';
import type { DocumentedIncident } from './save-incidents.ts';

/**
 * Files the documents of these incidents before they are replaced or taken back. One that is stored again word for word is
 * none: only its incident changed.
 *
 * @param made what will be stored in their place
 */
export async function keepVersions(
  tx: Connection,
  { cluster, namespace }: WorkloadKey,
  { replaced, made }: { readonly replaced: readonly string[]; readonly made: readonly DocumentedIncident[] },
): Promise<void> {
  const { db } = tx;
  const { documentVersions } = tx.tables;
  for (const old of await readDocumentsOf(tx, [...new Set([...replaced, ...made.map(({ incident }) => incident.id)])])) {
    const successor = made.find(({ incident }) => incident.id === old.incidentId || incident.aliases.includes(old.incidentId));
    if (successor?.documents.some(({ kind, markdown }) => kind === old.kind && markdown === old.markdown) === true) continue;
    const names = successor === undefined ? [old.incidentId] : [successor.incident.id, ...successor.incident.aliases];
    const [last] = await db
      .select({ version: max(documentVersions.version) })
      .from(documentVersions)
      .where(and(inArray(documentVersions.incidentId, names), eq(documentVersions.kind, old.kind)));
    await db.insert(documentVersions).values({ ...old, version: (last?.version ?? 0) + 1, cluster, namespace });
  }
}

/** The filed versions, oldest first, and behind them the one in force. */
export async function readDocumentVersions(
  { db, tables: { documents, documentVersions, incidentIds } }: Connection,
  incidentId: string,
  kind: StoredDocument['kind'],
): Promise<readonly DocumentVersion[]> {
  const { version, watermark, inputHash } = getTableColumns(documentVersions);
  const filed = await db
    .select({ version, watermark, inputHash })
    .from(incidentIds)
    .innerJoin(documentVersions, eq(documentVersions.incidentId, incidentIds.alias))
    .where(and(eq(incidentIds.incidentId, incidentId), eq(documentVersions.kind, kind)))
    .orderBy(version);
  const [current] = await db
    .select({ watermark: documents.watermark, inputHash: documents.inputHash })
    .from(documents)
    .where(and(eq(documents.incidentId, incidentId), eq(documents.kind, kind)));
  return current === undefined ? filed : [...filed, { version: (filed.at(-1)?.version ?? 0) + 1, ...current }];
}

/** One of {@link readDocumentVersions} by its number. */
export async function readDocumentVersion(
  connection: Connection,
  { incidentId, kind, version }: { readonly incidentId: string; readonly kind: StoredDocument['kind']; readonly version: number },
): Promise<StoredDocument | undefined> {
  const { documentVersions, incidentIds } = connection.tables;
  const [row] = await connection.db
    .select(getTableColumns(documentVersions))
    .from(incidentIds)
    .innerJoin(documentVersions, eq(documentVersions.incidentId, incidentIds.alias))
    .where(and(eq(incidentIds.incidentId, incidentId), eq(documentVersions.kind, kind), eq(documentVersions.version, version)));
  if (row !== undefined) return { kind, markdown: row.markdown, watermark: row.watermark, inputHash: row.inputHash };
  const newest = (await readDocumentVersions(connection, incidentId, kind)).at(-1);
  return newest?.version === version ? readDocument(connection, incidentId, kind) : undefined;
}
