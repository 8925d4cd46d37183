import { rules } from '../../../rules/registry.ts';
import type { FailureClass } from '../../../rules/rule.ts';
import { bullets } from '../../block.ts';
import { strong, words, type Inline } from '../../inline.ts';
import type { DraftInput, DraftSection } from '../draft-input.ts';
import { told } from '../phrases.ts';
import { workloadWords } from '../workload-words.ts';

/** The row of the decision table for each symptom, and what to do in which order. Fixed text: the same in every incident. */
export function adviceSection({ built }: DraftInput): DraftSection {
  const classes = new Map(built.incident.chapters.map((chapter) => [chapter.rule, chapter.symptom]));
  const rows = [...classes].flatMap(([id, symptom]): readonly (readonly Inline[])[] => {
    const rule = rules.find((item) => item.id === id);
    return rule === undefined ? [] : [adviceOf(symptom, rule)];
  });
  return {
    name: 'advice',
    heading: [words('What to look at first, by failure class')],
    generated: [
      bullets([
        ...rows,
        [words('The pods are disposable: whatever is to change, change it in '), ...workloadWords(built.incident.workload), words('.')],
      ]),
    ],
  };
}

function adviceOf(symptom: string, rule: FailureClass): readonly Inline[] {
  return [
    strong(told(symptom)),
    words(
      `: inspect ${rule.inspectFirst.join(', ')}. ${rule.advice.join(' ')} Common: ${rule.commonCauses.join(', ')}. Risk: ${rule.productionRisk}.`,
    ),
  ];
}
