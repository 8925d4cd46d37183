import { findIncident, type IncidentSource } from './incident-source.ts';
import { renderTimelineFor, type TimelineTarget } from './targets/render-timeline-for.ts';
import type { TargetDocument } from './targets/target.ts';
import type { TimelineOptions } from './timeline/document.ts';
import { renderTimeline } from './timeline/render-timeline.ts';

/** How somebody wants to have a timeline; nothing said gives the document as it is stored. */
export interface TimelineWish extends TimelineOptions {
  readonly target?: TimelineTarget;
}

/**
 * The timeline of one incident of a workload, made now.
 *
 * @param incidentId as it is now, or one it had before
 * @returns undefined when these observations make no such incident
 */
export function timelineIncident(source: IncidentSource, incidentId: string, wish: TimelineWish = {}): TargetDocument | undefined {
  const found = findIncident(source, incidentId);
  if (found === undefined) return undefined;
  const { target, ...options } = wish;
  if (target !== undefined) return renderTimelineFor(target, found.built, found.input, options);
  return { mediaType: 'text/markdown', parts: [renderTimeline(found.built, found.input, options)] };
}
