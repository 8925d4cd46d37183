import type { Draft } from '#core/wire/observation.ts';
import type { PodObservation } from '#core/wire/pod.ts';
import type { WorkloadRef } from '#core/wire/workload-ref.ts';
import { allowedLabelsOf } from './allowed-metadata.ts';
import { compact } from './compact.ts';
import { count, identifier, object, objects, textMap, time, word, type Json } from './read-field.ts';
import { trimConditions } from './trim-condition.ts';
import { trimContainers } from './trim-containers.ts';
import { identityOf } from './trim-identity.ts';
import { trimResources } from './trim-resources.ts';
import { trimVolumes } from './trim-volume.ts';

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
  const spec = object(object(raw).spec);
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
    ...specFields(spec),
    ...statusFields(status),
    conditions: trimConditions(status.conditions),
    containers: trimContainers(spec, status),
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

function specFields(spec: Json) {
  const pullSecrets = objects(spec.imagePullSecrets, 32).flatMap((secret) => word(secret.name, 253) ?? []);
  return compact({
    node: word(spec.nodeName, 253),
    nodeOs: word(object(spec.os).name, 63),
    schedulerName: word(spec.schedulerName, 253),
    restartPolicy: word(spec.restartPolicy, 16),
    terminationGracePeriodSeconds: count(spec.terminationGracePeriodSeconds),
    activeDeadlineSeconds: count(spec.activeDeadlineSeconds),
    serviceAccount: word(spec.serviceAccountName, 253),
    imagePullSecrets: pullSecrets.length === 0 ? undefined : pullSecrets,
    nodeSelector: textMap(spec.nodeSelector),
    volumes: trimVolumes(spec.volumes),
    resources: trimResources(spec.resources),
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
