import type { Draft } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import type { WorkloadRef } from '#core/wire/workload-ref.ts';
import { allowedLabelsOf } from './allowed-metadata.ts';
import { compact } from './compact.ts';
import { trimKnownSpec } from './known-pod-specs.ts';
import { count, identifier, object, time, word, type Json } from './read-field.ts';
import { trimConditions } from './trim-condition.ts';
import { trimContainers } from './trim-containers.ts';
import { identityOf } from './trim-identity.ts';

/**
 * A Pod as the API server or a file sent it, cut down to what the wire carries.
 *
 * @returns undefined when namespace, name, uid or age are unusable; never throws, and never gives what the wire would reject.
 */
export function trimPod(raw: unknown, workload: WorkloadRef): Draft<PodObservation> | undefined {
  const identity = identityOf(raw);
  if (identity === undefined) return undefined;
  const { metadata, name, uid, resourceVersion } = identity;
  const namespace = identifier(metadata.namespace, 253);
  const spec = trimKnownSpec(object(object(raw).spec));
  const status = object(object(raw).status);
  const createdAt = identity.createdAt ?? time(status.startTime);
  if (namespace === undefined || createdAt === undefined) return undefined;
  return {
    kind: 'pod',
    namespace,
    name,
    uid,
    resourceVersion,
    createdAt,
    ...deletionOf(metadata),
    workload,
    ...metadataFields(metadata),
    ...spec.fields,
    ...statusFields(status),
    conditions: trimConditions(status.conditions),
    containers: trimContainers(spec.containers, status),
  };
}

function deletionOf(metadata: Json) {
  return compact({
    deletionTimestamp: time(metadata.deletionTimestamp),
    deletionGracePeriodSeconds: count(metadata.deletionGracePeriodSeconds),
  });
}

function metadataFields(metadata: Json) {
  const labels = object(metadata.labels);
  return compact({
    revisionHash: word(labels['pod-template-hash'], 63) ?? word(labels['controller-revision-hash'], 63),
    labels: allowedLabelsOf(metadata),
  });
}

function statusFields(status: Json) {
  return compact({
    qosClass: word(status.qosClass, 16),
    phase: word(status.phase, 16),
    reason: word(status.reason, 1024),
    message: word(status.message, 16_384),
    startTime: time(status.startTime),
  });
}
