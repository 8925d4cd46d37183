import type { EventRecord } from '../history/event-record.ts';
import { defineRule } from './rule.ts';
import { sandboxCause } from './sandbox-cause.ts';
import { setupSigns, type SetupClass, type SetupVerdict } from './setup-signs.ts';

const reasons = new Set([
  'FailedCreatePodSandBox',
  'FailedCreatePodSandbox',
  'FailedPodSandBoxStatus',
  'FailedPrepareDynamicResources',
  'FailedCreatePodContainer',
  'NetworkNotReady',
]);

const sandbox: SetupClass = {
  symptom: 'FailedCreatePodSandBox',
  phase: 'sandbox-network',
  isFailure: ({ record }) => reasons.has(record.reason),
  judge: judgeSandbox,
};

export const failedCreatePodSandbox = defineRule({
  scope: 'pod',
  id: 'failed-create-pod-sandbox',
  title: 'The sandbox or the network of the pod could not be made',
  symptoms: ['FailedCreatePodSandBox'],
  explains: ['creation-stalled', 'deadline-exceeded', 'job-failed'],
  inspectFirst: ['events', 'CNI pods of the node', 'free addresses', 'runtime class', 'pause image'],
  commonCauses: [
    'CNI not ready on the node',
    'no free addresses',
    'pause image cannot be pulled',
    'runtime handler not configured',
    'device not prepared',
  ],
  productionRisk: 'pod never starts; often all new pods of the node',
  advice: [
    'Look at the network plugin and the runtime of the node before the pod: its own containers have not been touched yet.',
    'See whether other new pods of the node fail in the same way.',
    'A pause image that cannot be pulled shows here, never as ImagePullBackOff.',
  ],
  match: (pod, workload) => setupSigns(pod, workload, sandbox),
});

function judgeSandbox(events: readonly [EventRecord, ...EventRecord[]]): SetupVerdict {
  const found = events.map((event) => ({ event, cause: sandboxCause(event.message) }));
  const telling = found.find(({ cause }) => cause !== 'unexplained');
  const { message } = telling?.event ?? events[0];
  return {
    cause: telling?.cause ?? 'unexplained',
    basis: telling === undefined ? 'derived' : 'observed',
    summary: `The sandbox of the pod could not be made: ${message}`,
    quote: innermost(message),
  };
}

/** Runtimes wrap the error once for each layer; the last `failed to …` is the layer that met it. */
function innermost(text: string): string {
  const last = text.lastIndexOf('failed to ');
  return last === -1 ? text : text.slice(last);
}
