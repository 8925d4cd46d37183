import type { Draft } from '#core/wire/observation.ts';
import type { WorkloadObservation } from '#core/wire/workload.ts';
import type { WorkloadRef } from '#core/wire/workload-ref.ts';
import { controllerOf } from '../workload/controller-of.ts';
import { changeCauseOf, gitopsOf, helmChartOf, revisionOf } from './allowed-metadata.ts';
import { compact } from './compact.ts';
import { count, flag, identifier, object, objects, textMap, time, word, type Json } from './read-field.ts';
import { trimConditions } from './trim-condition.ts';
import { identityOf } from './trim-identity.ts';
import { trimReplicas } from './trim-replicas.ts';
import { trimResources } from './trim-resources.ts';

/**
 * A controller (Deployment, ReplicaSet, StatefulSet, DaemonSet, Job or CronJob) as the API server or a file sent it.
 * `objectKind` is given because the items of a list do not name theirs.
 *
 * @returns undefined when namespace, name, uid or age are unusable; never throws, and never gives what the wire would reject.
 */
export function trimWorkload(raw: unknown, objectKind: string, workload: WorkloadRef): Draft<WorkloadObservation> | undefined {
  const identity = identityOf(raw);
  if (identity === undefined) return undefined;
  const { metadata, name, uid, resourceVersion, createdAt } = identity;
  const namespace = identifier(metadata.namespace, 253);
  if (namespace === undefined || createdAt === undefined) return undefined;
  const spec = object(object(raw).spec);
  const status = object(object(raw).status);
  const conditions = trimConditions(status.conditions);
  return {
    kind: 'workload',
    objectKind,
    namespace,
    name,
    uid,
    resourceVersion,
    createdAt,
    ...compact({ deletionTimestamp: time(metadata.deletionTimestamp), owner: controllerOf(raw) }),
    workload,
    ...compact({
      revision: revisionOf(metadata),
      revisionHash: revisionHashOf(metadata, status),
      generation: count(metadata.generation),
      observedGeneration: count(status.observedGeneration),
      replicas: trimReplicas(objectKind, spec, status),
      paused: flag(spec.paused),
      suspended: flag(spec.suspend),
      job: objectKind === 'Job' ? jobStatus(spec, status) : undefined,
      selector: textMap(object(spec.selector).matchLabels),
    }),
    containers: templateContainers(templateOf(objectKind, spec)),
    ...compact({
      conditions: conditions.length === 0 ? undefined : conditions,
      changeCause: changeCauseOf(metadata),
      helmChart: helmChartOf(metadata),
      gitops: gitopsOf(metadata),
    }),
  };
}

function revisionHashOf(metadata: Json, status: Json): string | undefined {
  return word(object(metadata.labels)['pod-template-hash'], 253) ?? word(status.updateRevision, 253);
}

function templateOf(objectKind: string, spec: Json): Json {
  const owner = objectKind === 'CronJob' ? object(object(spec.jobTemplate).spec) : spec;
  return object(object(owner.template).spec);
}

function templateContainers(template: Json): WorkloadObservation['containers'] {
  const initial = objects(template.initContainers, 128).map(
    (raw) => ({ raw, role: raw.restartPolicy === 'Always' ? 'sidecar' : 'init' }) as const,
  );
  const apps = objects(template.containers, 128).map((raw) => ({ raw, role: 'app' }) as const);
  return [...initial, ...apps]
    .flatMap(({ raw, role }) => {
      const name = identifier(raw.name, 253);
      if (name === undefined) return [];
      return compact({ name, role, image: word(raw.image, 1024) ?? '', resources: trimResources(raw.resources) });
    })
    .slice(0, 128);
}

function jobStatus(spec: Json, status: Json): WorkloadObservation['job'] {
  return compact({
    completions: count(spec.completions),
    parallelism: count(spec.parallelism),
    backoffLimit: count(spec.backoffLimit),
    activeDeadlineSeconds: count(spec.activeDeadlineSeconds),
    active: count(status.active),
    succeeded: count(status.succeeded),
    failed: count(status.failed),
    startTime: time(status.startTime),
    completionTime: time(status.completionTime),
  });
}
