import { and, eq, exists, gte, lt, notExists, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { PurgeScope } from '#core/ports.ts';
import type { Connection } from '../database.ts';
import { hourOf } from '../hour.ts';
import type { RemovableRows } from './remove-rows.ts';

/** Rows of one table that a purge removes. */
export interface PurgedRows extends RemovableRows {
  readonly of: 'observations' | 'incidents' | 'ledger' | 'rest';
}

/** Every table that holds something of a cluster, in the order in which its rows go: what hangs on others comes after them. */
export function purgedRows(connection: Connection, scope: PurgeScope): readonly PurgedRows[] {
  return [
    ...recordRows(connection, scope),
    ...incidentRows(connection, scope),
    ...ledgerRows(connection, scope),
    ...wholeRows(connection, scope),
  ];
}

function recordRows({ db, tables }: Connection, scope: PurgeScope): readonly PurgedRows[] {
  const { observations, deaths } = tables;
  const shown = db
    .select({ key: observations.key })
    .from(observations)
    .where(and(eq(observations.key, deaths.key), eq(observations.cluster, deaths.cluster)));
  const from = scope.from === undefined ? undefined : gte(observations.hour, hourOf(scope.from));
  return [
    {
      of: 'observations',
      table: observations,
      key: [observations.key, observations.cluster],
      where: and(from, inPlace(observations, scope), within(scope, observations.observedAt)),
    },
    {
      of: 'rest',
      table: deaths,
      key: [deaths.hour, deaths.evidence, deaths.cluster],
      where: and(eq(deaths.cluster, scope.cluster), notExists(shown)),
    },
  ];
}

function incidentRows({ db, tables }: Connection, scope: PurgeScope): readonly PurgedRows[] {
  const { incidents, incidentIds, documents, documentVersions } = tables;
  const where = and(
    inPlace(incidents, scope),
    scope.until === undefined ? undefined : lt(incidents.onsetAt, scope.until),
    scope.from === undefined ? undefined : gte(incidents.overAt, scope.from),
  );
  const incidentOf = (id: PgColumn): SQL =>
    exists(
      db
        .select({ id: incidents.id })
        .from(incidents)
        .where(and(eq(incidents.id, id), where)),
    );
  return [
    { of: 'rest', table: documents, key: [documents.incidentId, documents.kind], where: incidentOf(documents.incidentId) },
    {
      of: 'rest',
      table: documentVersions,
      key: [documentVersions.incidentId, documentVersions.kind, documentVersions.version],
      // An older version may be filed under an id that no incident bears any more: all of the place go, whatever their time.
      where: inPlace(documentVersions, scope),
    },
    { of: 'rest', table: incidentIds, key: [incidentIds.alias, incidentIds.incidentId], where: incidentOf(incidentIds.incidentId) },
    { of: 'incidents', table: incidents, key: [incidents.id], where },
  ];
}

function ledgerRows({ tables }: Connection, scope: PurgeScope): readonly PurgedRows[] {
  const { terminations, waits, rollouts, podRuns } = tables;
  const ran = and(
    scope.until === undefined ? undefined : lt(podRuns.fromAt, scope.until),
    scope.from === undefined ? undefined : gte(podRuns.untilAt, scope.from),
  );
  return [
    {
      of: 'ledger',
      table: terminations,
      key: [terminations.finishedAt, terminations.evidence, terminations.cluster],
      countedAt: terminations.finishedAt,
      where: and(inPlace(terminations, scope), within(scope, terminations.finishedAt)),
    },
    {
      of: 'ledger',
      table: waits,
      key: [waits.fromAt, waits.evidence, waits.container, waits.cluster],
      countedAt: waits.fromAt,
      where: and(inPlace(waits, scope), within(scope, waits.fromAt)),
    },
    {
      of: 'ledger',
      table: rollouts,
      key: [rollouts.at, rollouts.evidence, rollouts.container, rollouts.cluster],
      where: and(inPlace(rollouts, scope), within(scope, rollouts.at)),
    },
    {
      of: 'ledger',
      table: podRuns,
      key: [podRuns.fromAt, podRuns.podUid, podRuns.container, podRuns.cluster],
      where: and(inPlace(podRuns, scope), ran),
    },
  ];
}

/** What has no time: it goes with all of a namespace, or with all of a cluster. */
function wholeRows({ db, tables }: Connection, scope: PurgeScope): readonly PurgedRows[] {
  if (scope.from !== undefined || scope.until !== undefined) return [];
  const { objects, links, workloads, watermarks, collectors, changedHours } = tables;
  const known = db
    .select({ uid: objects.uid })
    .from(objects)
    .where(and(eq(objects.uid, links.uid), eq(objects.cluster, links.cluster)));
  const rows: readonly PurgedRows[] = [
    { of: 'rest', table: objects, key: [objects.uid, objects.cluster], where: inPlace(objects, scope) },
    {
      of: 'rest',
      table: links,
      key: [links.uid, links.target, links.cluster],
      where: and(eq(links.cluster, scope.cluster), notExists(known)),
    },
    {
      of: 'rest',
      table: workloads,
      key: [workloads.cluster, workloads.namespace, workloads.kind, workloads.name],
      where: inPlace(workloads, scope),
    },
  ];
  if (scope.namespace !== undefined) return rows;
  return [
    ...rows,
    { of: 'rest', table: changedHours, key: [changedHours.hour, changedHours.cluster], where: eq(changedHours.cluster, scope.cluster) },
    { of: 'rest', table: collectors, key: [collectors.cluster, collectors.name], where: eq(collectors.cluster, scope.cluster) },
    { of: 'rest', table: watermarks, key: [watermarks.cluster], where: eq(watermarks.cluster, scope.cluster) },
  ];
}

function inPlace(table: { readonly cluster: PgColumn; readonly namespace: PgColumn }, { cluster, namespace }: PurgeScope): SQL | undefined {
  return and(eq(table.cluster, cluster), namespace === undefined ? undefined : eq(table.namespace, namespace));
}

function within({ from, until }: Pick<PurgeScope, 'from' | 'until'>, column: PgColumn): SQL | undefined {
  return and(from === undefined ? undefined : gte(column, from), until === undefined ? undefined : lt(column, until));
}
