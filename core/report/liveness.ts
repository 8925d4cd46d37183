import type { BuiltIncident } from '../incident/build-incidents.ts';
import { between, describeDuration } from '../time/duration.ts';

/** What a document says of itself while its incident can still change: nothing of it is stored, and the next record may change it. */
export function liveness({ incident, group, workload }: BuiltIncident): string {
  if (incident.status === 'ended' || incident.settled) return '';
  const state =
    group.recoveredAt === undefined
      ? 'open'
      : `recovered but not settled (the data ends ${describeDuration(between(group.recoveredAt, workload.now))} later)`;
  return `The incident is ${state}, so this was made live and changes while data arrives. `;
}
