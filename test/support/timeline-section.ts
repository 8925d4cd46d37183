import type { WorkloadKey } from '#core/store-model.ts';
import { renderTimeline } from '#core/report/timeline/render-timeline.ts';
import type { Observation } from '#core/wire/observation.ts';
import { builtFrom } from './draft-of.ts';

/** The content under one heading, with the targets of its links left out: `[EV]`. */
export function timelineSection(
  observations: readonly Observation[],
  seconds: number,
  heading: string,
  workload?: WorkloadKey,
): readonly string[] {
  const markdown = renderTimeline(builtFrom(observations, seconds, workload), 'a'.repeat(64));
  const text = markdown.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return text
    .replaceAll(/\[EV-[0-9a-f]+\]\(#ev-[0-9a-f]{16}\)/g, '[EV]')
    .split('\n')
    .filter((line) => line.trim() !== '');
}
