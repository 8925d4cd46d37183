import type { DraftOptions } from './draft/draft-input.ts';
import { renderDraft } from './draft/render-draft.ts';
import { findIncident, type IncidentSource } from './incident-source.ts';
import { renderDraftFor } from './targets/render-draft-for.ts';
import type { Target, TargetDocument } from './targets/target.ts';

/** How somebody wants to have a draft; nothing said gives the document as it is stored. */
export interface DraftWish extends Pick<DraftOptions, 'heading' | 'timezone'> {
  readonly target?: Target;
}

/**
 * The draft of one incident of a workload, made now: also of one that has not settled, and in any shape.
 *
 * @param incidentId as it is now, or one it had before
 * @returns undefined when these observations make no such incident
 */
export function draftIncident(source: IncidentSource, incidentId: string, wish: DraftWish = {}): TargetDocument | undefined {
  const found = findIncident(source, incidentId);
  if (found === undefined) return undefined;
  const { built, earlier, input } = found;
  const { target, ...options } = wish;
  if (target !== undefined) return renderDraftFor(target, built, input, { ...options, earlier });
  return { mediaType: 'text/markdown', parts: [renderDraft(built, input, { ...options, earlier, linksTimeline: true })] };
}
