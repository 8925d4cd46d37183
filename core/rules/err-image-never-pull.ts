import { defineRule } from './rule.ts';
import { waitingSigns, type WaitingClass } from './waiting-signs.ts';

const neverPull: WaitingClass = {
  symptom: 'ErrImageNeverPull',
  phase: 'image-pull',
  isReason: (reason) => reason === 'ErrImageNeverPull',
  isTry: (message) => /pull policy of Never|ErrImageNeverPull/.test(message),
  tryReasons: ['ErrImageNeverPull', 'Failed'],
  judge: ({ texts, stretch }) => {
    const [said] = texts;
    return {
      cause: 'never-pull',
      basis: 'observed',
      summary: `Image ${stretch.spans[0].status.image} may not be pulled, and is not on the node or not for this pod.`,
      ...(said === undefined ? {} : { quote: said }),
    };
  },
};

export const errImageNeverPull = defineRule({
  scope: 'pod',
  id: 'err-image-never-pull',
  title: 'The image may not be pulled and is not on the node',
  symptoms: ['ErrImageNeverPull'],
  explains: ['deadline-exceeded', 'job-failed', 'readiness-probe-failed'],
  inspectFirst: ['imagePullPolicy', 'images of the node', 'pull secrets'],
  commonCauses: [
    'image not loaded into this node',
    'image removed by the garbage collector',
    'the pod may not use an image another pod pulled',
  ],
  productionRisk: 'new rollout cannot start',
  advice: [
    'Check whether imagePullPolicy: Never is meant: it is for images that are loaded into every node beforehand.',
    'Compare the images of the node with the reference, tag included.',
    'Set IfNotPresent in the owning workload, or load the image into all nodes.',
  ],
  match: (pod, workload) => waitingSigns(pod, workload, neverPull),
});
