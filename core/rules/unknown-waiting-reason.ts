import { containerConfigCause } from '../causes/container-config-cause.ts';
import { imagePullCause } from '../causes/image-pull-cause.ts';
import { startFailureCause } from '../causes/start-failure-cause.ts';
import type { Phase } from '../incident/vocabulary.ts';
import { defineRule } from './rule.ts';
import { isUnknownReason } from './waiting-reasons.ts';
import { waitingSigns, type WaitingClass, type WaitingVerdict } from './waiting-signs.ts';

const unknownReason: WaitingClass = {
  symptom: 'Unknown',
  // Configuration, create and start have reasons of their own; what comes through raw is an error around the image.
  phase: 'image-pull',
  isReason: isUnknownReason,
  isTry: (message) => message.startsWith('Error: '),
  judge: ({ texts, container, stretch }) => judgeUnknown(container.name, stretch.spans[0].reason ?? '', texts),
};

export const unknownWaitingReason = defineRule({
  scope: 'pod',
  id: 'unknown-waiting-reason',
  title: 'The container waits for a reason that no rule knows',
  symptoms: ['Unknown'],
  explains: ['deadline-exceeded', 'job-failed', 'readiness-probe-failed'],
  inspectFirst: ['waiting reason and message', 'events', 'kubelet and runtime of the node'],
  commonCauses: ['pull credentials that cannot be read', 'a runtime class that does not exist', 'a kubelet newer than this list'],
  productionRisk: 'container never starts',
  advice: [
    'Read the quoted reason: the kubelet prints the error it met as it is.',
    'Look for the same text in the logs of the kubelet and the container runtime of that node.',
  ],
  match: (pod, workload) => waitingSigns(pod, workload, unknownReason),
});

/** The text may still be one that is known: by it the phase is chosen, first match in the order of the kubelet's work. */
function judgeUnknown(name: string, reason: string, texts: readonly string[]): WaitingVerdict {
  const said = [reason, ...texts];
  const verdicts: readonly { readonly phase: Phase; readonly cause: string | undefined }[] = said.flatMap((text) => [
    { phase: 'image-pull', cause: imagePullCause(text)?.cause },
    { phase: 'container-config', cause: containerConfigCause(text)?.cause },
    { phase: 'container-create', cause: startFailureCause(text)?.cause },
  ]);
  const found = verdicts.find(({ cause }) => cause !== undefined);
  const quote = [reason, texts[0]].filter((text) => text !== undefined && text !== '').join(': ');
  return {
    cause: found?.cause ?? 'unexplained',
    basis: found === undefined ? 'derived' : 'observed',
    summary: `Container ${name} waits: ${quote}.`,
    quote,
    ...(found === undefined ? {} : { phase: found.phase }),
  };
}
