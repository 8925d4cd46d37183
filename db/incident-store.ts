import type { IncidentStore } from '#core/ports.ts';
import { addKey, readKey, readKeys, revokeKey } from './api-keys.ts';
import { finishBatch, insertBatch, readBatch, readPendingBatches, readQuarantinedBatches, requeueBatch } from './batches.ts';
import { readCollectors } from './collectors.ts';
import type { OpenDatabase } from './database.ts';
import { readAllWorkloads, readStaleWorkloads, readUnsettledWorkloads } from './due-workloads.ts';
import { indexObservations } from './index-observations.ts';
import { readCoverage } from './read-coverage.ts';
import { readEvidence } from './read-evidence.ts';
import { readDocumentVersion, readDocumentVersions } from './document-versions.ts';
import { readIncidentPage } from './read-incident-page.ts';
import { readDocument, readIncident, readIncidents, readIncidentsNamed } from './read-incidents.ts';
import { readObservationsAbout } from './read-observations-about.ts';
import { readObservationsOf, readUnfoldedOf } from './read-observations.ts';
import { saveIncidents } from './save-incidents.ts';
import { readClusters, readWatermark } from './watermarks.ts';

/** The store over one open database, whichever dialect it speaks. */
export function createIncidentStore(database: OpenDatabase): IncidentStore {
  const { read, transact } = database;
  return {
    insertBatch: (batch) => transact((tx) => insertBatch(tx, batch)),
    batch: (id) => read((connection) => readBatch(connection, id)),
    pendingBatches: (limit) => read((connection) => readPendingBatches(connection, limit)),
    finishBatch: (id, outcome) => transact((tx) => finishBatch(tx, id, outcome)),
    quarantinedBatches: (limit) => read((connection) => readQuarantinedBatches(connection, limit)),
    requeueBatch: (id) => transact((tx) => requeueBatch(tx, id)),

    indexObservations: (cluster, observations, batchId) =>
      transact(async (tx) => {
        const indexed = await indexObservations(tx, cluster, observations);
        if (batchId !== undefined) await finishBatch(tx, batchId, { status: 'processed' });
        return indexed;
        // Undone, the batch is pending again.
      }, 'derived'),
    observationsOf: (workload) => read((connection) => readObservationsOf(connection, workload)),
    unfoldedObservationsOf: (workload) => read((connection) => readUnfoldedOf(connection, workload)),
    observationsAbout: (cluster, uid) => read((connection) => readObservationsAbout(connection, cluster, uid)),
    coverageSince: (since, cluster) => read((connection) => readCoverage(connection, since, cluster)),
    clusters: () => read((connection) => readClusters(connection)),
    collectors: () => read((connection) => readCollectors(connection)),
    watermark: (cluster) => read((connection) => readWatermark(connection, cluster)),
    unsettledWorkloads: (cluster) => read((connection) => readUnsettledWorkloads(connection, cluster)),
    staleWorkloads: (limit) => read((connection) => readStaleWorkloads(connection, limit)),
    allWorkloads: () => read((connection) => readAllWorkloads(connection)),

    saveIncidents: (workload, incidents, watermark, ledger) =>
      // Undone, the workload is marked again.
      transact((tx) => saveIncidents(tx, workload, incidents, { watermark, ledger }), 'derived'),
    incidents: (query) => read((connection) => readIncidents(connection, query)),
    incidentPage: (query) => read((connection) => readIncidentPage(connection, query)),
    incident: (idOrPrefix) => read((connection) => readIncident(connection, idOrPrefix)),
    incidentsNamed: (id) => read((connection) => readIncidentsNamed(connection, id)),
    document: (incidentId, kind, version) =>
      read((connection) =>
        version === undefined ? readDocument(connection, incidentId, kind) : readDocumentVersion(connection, { incidentId, kind, version }),
      ),
    documentVersions: (incidentId, kind) => read((connection) => readDocumentVersions(connection, incidentId, kind)),
    evidence: (prefix, limit) => read((connection) => readEvidence(connection, prefix, limit)),

    apiKey: (keyHash) => read((connection) => readKey(connection, keyHash)),
    apiKeys: () => read((connection) => readKeys(connection)),
    addKey: (key) => transact((tx) => addKey(tx, key)),
    revokeKey: (keyHash, revokedAt) => transact((tx) => revokeKey(tx, keyHash, revokedAt)),
    close: () => database.close(),
  };
}
