import { findIncident, type IncidentSource } from './incident-source.ts';
import { renderTimeline } from './timeline/render-timeline.ts';

/**
 * The timeline of one incident of a workload, made now.
 *
 * @param incidentId as it is now, or one it had before
 * @returns undefined when these observations make no such incident
 */
export function timelineIncident(source: IncidentSource, incidentId: string): string | undefined {
  const found = findIncident(source, incidentId);
  return found === undefined ? undefined : renderTimeline(found.built, found.input);
}
