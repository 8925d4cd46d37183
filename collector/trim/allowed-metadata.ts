import { redact } from '#core/redact/redact.ts';
import type { WorkloadObservation } from '#core/wire/workload.ts';
import { compact } from './compact.ts';
import { object, textMap, word, type Json } from './read-field.ts';

/** Labels that say which software and which revision a pod belongs to. Everything else may be private and stays in the cluster. */
const allowedLabels = new Set([
  'app',
  'k8s-app',
  'helm.sh/chart',
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'job-name',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
]);

export function allowedLabelsOf(metadata: Json): Record<string, string> | undefined {
  return textMap(metadata.labels, (key) => allowedLabels.has(key) || key.startsWith('app.kubernetes.io/'));
}

const mailAddress = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g;

/** `kubernetes.io/change-cause` without e-mail addresses and credentials: people put command lines and names there. */
export function changeCauseOf(metadata: Json): string | undefined {
  const cause = word(object(metadata.annotations)['kubernetes.io/change-cause'], 16_384);
  return cause === undefined ? undefined : word(redact(cause.replace(mailAddress, '[address removed]')).text, 16_384);
}

/** `deployment.kubernetes.io/revision` of Deployments and ReplicaSets. */
export function revisionOf(metadata: Json): string | undefined {
  return word(object(metadata.annotations)['deployment.kubernetes.io/revision'], 63);
}

/** `helm.sh/chart`, such as `api-1.4.2`. */
export function helmChartOf(metadata: Json): string | undefined {
  return word(object(metadata.labels)['helm.sh/chart'], 63);
}

/** Which GitOps tool put the object there, as far as its allowed annotations and labels say. */
export function gitopsOf(metadata: Json): WorkloadObservation['gitops'] {
  const annotations = object(metadata.annotations);
  const labels = object(metadata.labels);
  const tracking = word(annotations['argocd.argoproj.io/tracking-id'], 512);
  // `<application>:<group>/<kind>:<namespace>/<name>`
  if (tracking !== undefined) return compact({ tool: 'argocd', name: word(tracking.split(':')[0], 512) });
  for (const controller of ['kustomize', 'helm']) {
    const prefix = `${controller}.toolkit.fluxcd.io`;
    const name = word(labels[`${prefix}/name`] ?? annotations[`${prefix}/name`], 253);
    if (name === undefined) continue;
    const namespace = word(labels[`${prefix}/namespace`] ?? annotations[`${prefix}/namespace`], 253);
    const revision = word(annotations[`${prefix}/revision`] ?? labels[`${prefix}/revision`], 512);
    return compact({ tool: `flux-${controller}`, name: namespace === undefined ? name : `${namespace}/${name}`, revision });
  }
  return undefined;
}
