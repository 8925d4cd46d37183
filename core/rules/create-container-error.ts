import { containerConfigCause } from '../causes/container-config-cause.ts';
import { startFailureCause } from '../causes/start-failure-cause.ts';
import { defineRule } from './rule.ts';
import { waitingSigns, type WaitingClass, type WaitingVerdict } from './waiting-signs.ts';

const waitingReasons = new Set(['CreateContainerError', 'PreCreateHookError']);

const containerCreate: WaitingClass = {
  symptom: 'CreateContainerError',
  phase: 'container-create',
  isReason: (reason) => waitingReasons.has(reason),
  isTry: isCreateTry,
  judge: ({ texts, container }) => judgeCreate(container.name, texts),
};

export const createContainerError = defineRule({
  scope: 'pod',
  id: 'create-container-error',
  title: 'The runtime could not create the container',
  symptoms: ['CreateContainerError'],
  explains: ['deadline-exceeded', 'job-failed', 'readiness-probe-failed'],
  inspectFirst: ['waiting message', 'events', 'command and args', 'user', 'mounts', 'node'],
  commonCauses: ['no command', 'unknown user', 'a mount source that does not exist', 'executable not in the image (CRI-O)', 'slow node'],
  productionRisk: 'container never starts',
  advice: [
    'Read the end of the message: the runtime wraps its error once for each layer.',
    '"name is reserved" is the echo of an earlier create that took too long: look at the disk and load of the node, not at the pod.',
    'Fix the command, user or mount in the owning workload.',
  ],
  match: (pod, workload) => waitingSigns(pod, workload, containerCreate),
});

/** The kubelet reports configuration, image and create errors under one event reason; a create error is none of the others. */
function isCreateTry(message: string): boolean {
  if (message.startsWith('Internal PreCreateContainer hook failed')) return true;
  return (
    message.startsWith('Error: ') &&
    !/^Error: (?:\w{0,20}Image\w{0,20}|RegistryUnavailable)$/.test(message) &&
    containerConfigCause(message) === undefined
  );
}

/** An echo is taken for the cause only where no message tells what it is the echo of. */
function judgeCreate(name: string, texts: readonly string[]): WaitingVerdict {
  const found = texts.flatMap((text) => startFailureCause(text) ?? []);
  const verdict = found.find(({ cause }) => cause !== 'name-reserved') ?? found[0];
  const said = verdict?.matched ?? texts[0];
  return {
    cause: verdict?.cause ?? 'unexplained',
    basis: verdict === undefined ? 'derived' : 'observed',
    summary: `Container ${name} could not be created: ${said ?? 'no record says why'}.`,
    ...(said === undefined ? {} : { quote: said }),
  };
}
