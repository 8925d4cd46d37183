import { table, type Cell } from '../../block.ts';
import { words } from '../../inline.ts';
import type { DraftInput, DraftSection } from '../draft-input.ts';
import { currentLogsStep } from '../steps/current-logs-step.ts';
import { eventsStep } from '../steps/events-step.ts';
import { lifecycleStep } from '../steps/lifecycle-step.ts';
import { ownerStep } from '../steps/owner-step.ts';
import { previousLogsStep } from '../steps/previous-logs-step.ts';
import type { Step } from '../steps/step.ts';
import { symptomStep } from '../steps/symptom-step.ts';
import { told } from '../phrases.ts';

const workflow = [symptomStep, lifecycleStep, currentLogsStep, previousLogsStep, eventsStep, ownerStep];
/** Names may be long, and a command must not lose its end. */
const longestCommand = 1000;

/** The fixed six steps, in the order in which a person would take them. */
export function stepsSection(input: DraftInput): DraftSection {
  return {
    name: 'steps',
    heading: [words('What was found, step by step')],
    generated: [
      table(
        ['Step', 'Found', 'Missing, and why', 'Check it yourself'],
        workflow.map((step) => toRow(step(input))),
      ),
    ],
  };
}

function toRow({ title, found, missing, command, caveat }: Step): readonly Cell[] {
  return [[words(title)], found, missing, [told(command, longestCommand), ...(caveat === undefined ? [] : [words(` (${caveat})`)])]];
}
