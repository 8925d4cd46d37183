import { containerConfigCause } from '../causes/container-config-cause.ts';
import type { ConfigObject } from '../causes/missing-object.ts';
import type { ContainerStatus } from '../wire/container.ts';
import { defineRule } from './rule.ts';
import { waitingSigns, type WaitingClass, type WaitingVerdict } from './waiting-signs.ts';

const containerConfig: WaitingClass = {
  symptom: 'CreateContainerConfigError',
  phase: 'container-config',
  isReason: (reason) => reason === 'CreateContainerConfigError',
  isTry: (message) => message.startsWith('Error: ') && containerConfigCause(message) !== undefined,
  toldByEvents: true,
  judge: ({ texts, stretch }) => judgeConfig(texts, stretch.spans[0].status),
};

export const createContainerConfigError = defineRule({
  scope: 'pod',
  id: 'create-container-config-error',
  title: 'The configuration of the container is incomplete',
  symptoms: ['CreateContainerConfigError'],
  explains: ['deadline-exceeded', 'job-failed', 'readiness-probe-failed'],
  inspectFirst: ['Secrets', 'ConfigMaps', 'env references'],
  commonCauses: ['missing key', 'invalid volume mount', 'bad envFrom source'],
  productionRisk: 'pod never starts',
  advice: [
    'Look for the named Secret, ConfigMap or key in the namespace; nothing in the application has run yet.',
    'Check the order in which the deployment creates the object and the workload that needs it.',
    'Fix the reference in the owning workload; the pod starts by itself once the object exists.',
  ],
  match: (pod, workload) => waitingSigns(pod, workload, containerConfig),
});

function judgeConfig(texts: readonly string[], status: ContainerStatus): WaitingVerdict {
  for (const text of texts) {
    const found = containerConfigCause(text);
    if (found === undefined) continue;
    const named = found.object?.name === undefined ? withoutPrefix(text) : describeObject(found.object);
    return {
      cause: found.cause,
      basis: 'observed',
      quote: withoutPrefix(text),
      summary: `Container ${status.name} could not be configured: ${named}${usedBy(status, found.object)}.`,
    };
  }
  const [text] = texts;
  return {
    cause: 'unexplained',
    basis: 'derived',
    summary: `Container ${status.name} could not be configured${text === undefined ? '; no record says why' : `: ${text}`}.`,
  };
}

/** Events repeat the waiting message behind a prefix of their own. */
function withoutPrefix(text: string): string {
  return text.startsWith('Error: ') ? text.slice('Error: '.length) : text;
}

function describeObject({ kind, name = '', key }: ConfigObject): string {
  const object = `${kind ?? 'object'} ${name}`;
  return key === undefined ? `${object} does not exist` : `key ${key} is not in ${object}`;
}

/** The env variable that needs the object, where the spec shows one. */
function usedBy(status: ContainerStatus, object: ConfigObject | undefined): string {
  if (object?.name === undefined) return '';
  const source = status.envSources?.find(
    (item) =>
      item.kind === object.kind &&
      item.name === object.name &&
      (object.key === undefined || item.key === undefined || item.key === object.key),
  );
  if (source === undefined) return '';
  return source.env === undefined ? ' (needed by envFrom)' : ` (needed by env ${source.env})`;
}
