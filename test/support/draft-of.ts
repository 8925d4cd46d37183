import { toWorkloadHistory } from '#core/history/workload-history.ts';
import { buildIncidents, type BuiltIncident } from '#core/incident/build-incidents.ts';
import type { DraftOptions } from '#core/report/draft/draft-input.ts';
import { renderDraft } from '#core/report/draft/render-draft.ts';
import { findManagedBlocks } from '#core/report/managed-blocks.ts';
import type { Observation } from '#core/wire/observation.ts';
import { instant, key } from './build-observations.ts';

/** The only incident of these observations, as seen `seconds` after the fixed moment of the builders. */
export function builtFrom(observations: readonly Observation[], seconds: number, workload = key): BuiltIncident {
  const [built, ...more] = buildIncidents(toWorkloadHistory({ key: workload, observations, now: instant(seconds) }));
  if (built === undefined || more.length > 0) throw new Error(`expected one incident, found ${built === undefined ? 0 : more.length + 1}`);
  return built;
}

export function draftOf(observations: readonly Observation[], seconds: number, options: DraftOptions = {}): string {
  return renderDraft(builtFrom(observations, seconds), 'a'.repeat(64), options);
}

/** The content of one generated part with the targets of its links left out: `[EV-…]`. */
export function partOf(draft: string, name: string): string {
  const content = findManagedBlocks(draft).blocks.find((block) => block.name === name)?.content;
  if (content === undefined) throw new Error(`the draft has no part ${name}`);
  return content.replaceAll(/\[EV-[0-9a-f]+\]\(#ev-[0-9a-f]{16}\)/g, '[EV]');
}
