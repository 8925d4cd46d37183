import type { WorkloadKey } from '../store-model.ts';
import { hashText, type HashText } from '../wire/observation-id.ts';
import type { Observation } from '../wire/observation.ts';

/** `EV-` and 16 hex digits: the name of one record, stable across re-rendering, re-sending and repeated events. */
export type EvidenceId = `EV-${string}`;

function evidenceId(hash: HashText, ...identity: readonly string[]): EvidenceId {
  return `EV-${hash(JSON.stringify(identity)).slice(0, 16)}`;
}

/** Ids by the object they were made from: a record is cited often, and hashing is what costs. Nothing but speed depends on it. */
const known = new WeakMap<Observation, EvidenceId>();

/** The record itself. An event keeps its id while its count grows. */
export function evidenceOf(observation: Observation, hash: HashText = hashText): EvidenceId {
  const id = known.get(observation) ?? makeId(observation, hash);
  known.set(observation, id);
  return id;
}

/** The id where this very object was asked for it before, without making one. */
export function knownEvidenceOf(observation: Observation): EvidenceId | undefined {
  return known.get(observation);
}

function makeId(observation: Observation, hash: HashText): EvidenceId {
  switch (observation.kind) {
    case 'pod':
    case 'node':
    case 'workload':
      return evidenceId(hash, observation.kind, observation.uid, observation.resourceVersion);
    case 'event':
      return evidenceId(hash, 'event', observation.uid);
    case 'log':
      return evidenceId(
        hash,
        'log',
        observation.containerID ?? `${observation.podUid}/${observation.container}/${observation.restartCount}`,
      );
    case 'usage':
      return evidenceId(hash, 'usage', observation.containerID);
    case 'coverage':
      return evidenceId(
        hash,
        'coverage',
        observation.collector,
        observation.note,
        observation.to,
        observation.resource ?? '',
        observation.namespace ?? '',
      );
    default:
      return observation satisfies never;
  }
}

/** One death of one container instance, whichever record shows it first. */
export function deathEvidence(containerID: string, hash: HashText = hashText): EvidenceId {
  return evidenceId(hash, 'termination', containerID);
}

/**
 * An incident is named after the record that opened it. A record that several workloads share, as that of a lost node, opens one for each
 * of them: then the workload is part of the name.
 */
export function incidentId(cluster: string, opening: EvidenceId, workload?: WorkloadKey, hash: HashText = hashText): `INC-${string}` {
  const owner = workload === undefined ? [] : [workload.namespace, workload.kind, workload.name];
  return `INC-${hash(JSON.stringify(['incident', cluster, opening, ...owner])).slice(0, 16)}`;
}
