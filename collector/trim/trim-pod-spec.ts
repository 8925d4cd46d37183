import { compact } from './compact.ts';
import { freezeWhole } from './freeze-whole.ts';
import { count, object, objects, textMap, word, type Json } from './read-field.ts';
import { trimContainerSpecs, type PodContainerSpecs } from './trim-container-specs.ts';
import { trimResources } from './trim-resources.ts';
import { trimVolumes } from './trim-volume.ts';

/** What is read of a pod's spec. */
export interface TrimmedPodSpec {
  readonly fields: ReturnType<typeof specFields>;
  readonly containers: PodContainerSpecs;
}

/** What it gives is frozen: all states of the pod may share it. */
export function trimPodSpec(spec: Json): TrimmedPodSpec {
  return { fields: freezeWhole(specFields(spec)), containers: trimContainerSpecs(spec) };
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
