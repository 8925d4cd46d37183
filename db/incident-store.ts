import type { IncidentStore } from '#core/ports.ts';
import { addKey, readKey, readKeys, revokeKey } from './api-keys.ts';
import { finishBatch, insertBatch, readBatch, readPendingBatches, readQuarantinedBatches, requeueBatch } from './batches.ts';
import type { OpenDatabase } from './database.ts';
import { readAllWorkloads, readStaleWorkloads, readUnsettledWorkloads } from './due-workloads.ts';
import { indexObservations } from './index-observations.ts';
import { readEvidence } from './read-evidence.ts';
import { readDocument, readIncident, readIncidents } from './read-incidents.ts';
import { readObservationsOf } from './read-observations.ts';
import { saveIncidents } from './save-incidents.ts';
import { readWatermark } from './watermarks.ts';

/** The store over one open database, whichever dialect it speaks. */
export function createIncidentStore(database: OpenDatabase): IncidentStore {
  const { read, transact } = database;
  return {
    insertBatch: (batch) => transact((tx) => insertBatch(tx, batch)),
    batch: (id) => readBatch(read, id),
    pendingBatches: (limit) => readPendingBatches(read, limit),
    finishBatch: (id, outcome) => transact((tx) => finishBatch(tx, id, outcome)),
    quarantinedBatches: (limit) => readQuarantinedBatches(read, limit),
    requeueBatch: (id) => transact((tx) => requeueBatch(tx, id)),

    indexObservations: (cluster, observations) => transact((tx) => indexObservations(tx, cluster, observations)),
    observationsOf: (workload) => readObservationsOf(read, workload),
    watermark: (cluster) => readWatermark(read, cluster),
    unsettledWorkloads: (cluster) => readUnsettledWorkloads(read, cluster),
    staleWorkloads: (limit) => readStaleWorkloads(read, limit),
    allWorkloads: () => readAllWorkloads(read),

    saveIncidents: (workload, incidents, watermark) => transact((tx) => saveIncidents(tx, workload, incidents, watermark)),
    incidents: (query) => readIncidents(read, query),
    incident: (idOrPrefix) => readIncident(read, idOrPrefix),
    document: (incidentId, kind) => readDocument(read, incidentId, kind),
    evidence: (prefix, limit) => readEvidence(read, prefix, limit),

    apiKey: (keyHash) => readKey(read, keyHash),
    apiKeys: () => readKeys(read),
    addKey: (key) => transact((tx) => addKey(tx, key)),
    revokeKey: (keyHash, revokedAt) => transact((tx) => revokeKey(tx, keyHash, revokedAt)),
    close: async () => database.close(),
  };
}
