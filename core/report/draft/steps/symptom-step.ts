import { strong, words, join, type Inline } from '../../inline.ts';
import { plural } from '../../timeline/at-a-glance.ts';
import type { DraftInput } from '../draft-input.ts';
import { affectedPods, restartsIn } from '../../facts/affected-pods.ts';
import { kubectlFor } from '../kubectl.ts';
import { absent, sources, told } from '../phrases.ts';
import type { Step } from './step.ts';

/** What Kubernetes shows: the symptoms in their order, and how often containers were restarted. */
export function symptomStep(input: DraftInput): Step {
  const { incident, workload } = input.built;
  const affected = affectedPods(input.built);
  const symptoms = [...new Set(incident.chapters.map((chapter) => chapter.symptom))];
  const named = symptoms.map((symptom): readonly Inline[] => [strong(told(symptom))]);
  const { terminationsSeen: seen, terminationsKnown: known } = incident.coverage;
  return {
    title: '1 Symptom and restarts',
    found: [
      ...join(named, ' → '),
      words(`; ${plural(restartsIn(affected, input.span), 'restart')}`),
      ...sources([affected.at(-1)?.states.at(-1)?.evidence ?? incident.chapters[0]?.evidence[0]], 1),
      ...(incident.scope ?? []).flatMap(({ text, basis, evidence }) => [words(`; ${basis}: `), told(text, 300), ...sources(evidence)]),
    ],
    missing:
      seen < known ? [absent(`${known - seen} of ${plural(known, 'termination')}: restartCount proves them, no record shows them`)] : [],
    command: kubectlFor(workload).pods,
  };
}
