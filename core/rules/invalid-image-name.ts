import { defineRule } from './rule.ts';
import { waitingSigns, type WaitingClass, type WaitingVerdict } from './waiting-signs.ts';

const invalidName: WaitingClass = {
  symptom: 'InvalidImageName',
  phase: 'image-pull',
  isReason: (reason) => reason === 'InvalidImageName',
  isTry: (message) => /couldn't parse image|invalid reference format|InvalidImageName/.test(message),
  tryReasons: ['InspectFailed', 'Failed'],
  judge: ({ texts, stretch }) => judgeName(texts, stretch.spans[0].status.image),
};

export const invalidImageName = defineRule({
  scope: 'pod',
  id: 'invalid-image-name',
  title: 'The image reference cannot be read',
  symptoms: ['InvalidImageName'],
  explains: ['deadline-exceeded', 'job-failed', 'readiness-probe-failed'],
  inspectFirst: ['image name', 'events'],
  commonCauses: ['upper-case letters', 'a variable that was not filled in', 'an empty tag', 'https:// in front'],
  productionRisk: 'new rollout cannot start',
  advice: [
    'Read the image reference letter by letter: no registry was asked, so credentials and network do not matter.',
    'Look at the template or pipeline step that composes the reference.',
    'Fix the reference in the owning workload.',
  ],
  match: (pod, workload) => waitingSigns(pod, workload, invalidName),
});

function judgeName(texts: readonly string[], ref: string): WaitingVerdict {
  const said = texts.map((text) => faultIn(text)).find((fault) => fault !== undefined);
  return {
    cause: 'invalid-name',
    basis: 'observed',
    summary: `The image reference "${ref}" is not valid${said === undefined ? '' : `: ${said}`}.`,
    ...(said === undefined ? {} : { quote: said }),
  };
}

function faultIn(text: string): string | undefined {
  const at = text.indexOf('invalid reference format');
  if (at !== -1) return text.slice(at).trim();
  return text.includes("couldn't parse image") ? text.trim() : undefined;
}
