import { toWorkloadHistory } from '../history/workload-history.ts';
import { buildIncidents, type BuiltIncident } from '../incident/build-incidents.ts';
import { minute, type Instant } from '../time/instant.ts';
import type { Observation } from '../wire/observation.ts';

/** What the documents of an incident may look at. */
export interface DocumentScope {
  readonly observations: readonly Observation[];
  /** Latest data time of it. */
  readonly now: Instant;
}

/** Logs and the last states of what ended are seen a little later than the end. */
const aftermath = 5 * minute;
/** Characters of RFC 3339 up to its seconds. */
const secondsOf = '2026-05-03T14:00:00'.length;

/**
 * The records up to the moment at which the incident was over for good. What the same workload does afterwards is no part of
 * its documents: they stay as they are, but for a record that comes late.
 */
export function documentScope({ group: { endedAt, settledAt }, workload }: BuiltIncident): DocumentScope {
  const { observations, now } = workload;
  const last = endedAt === undefined ? settledAt : endedAt + aftermath;
  if (last === undefined || last >= now) return { observations, now };
  // Most are older by more than a second, which their texts tell without being parsed.
  const edge = new Date(last).toISOString().slice(0, secondsOf);
  const kept = observations.filter(({ observedAt }) => (observedAt < edge && observedAt.endsWith('Z')) || Date.parse(observedAt) <= last);
  return { observations: kept.length === observations.length ? observations : kept, now: last };
}

/** The incident as it was at the end of its scope. */
export function withinScope(built: BuiltIncident, { observations, now }: DocumentScope): BuiltIncident {
  const { workload, incident } = built;
  if (observations === workload.observations) return now === workload.now ? built : { ...built, workload: { ...workload, now } };
  const { key, snapshot, hash } = workload;
  const then = buildIncidents(toWorkloadHistory({ key, observations, now, snapshot, hash })).find(
    (other) => other.incident.id === incident.id,
  );
  // A collector that was away may have seen the end, or a death, only afterwards: nothing that is known may be left out.
  return then !== undefined && JSON.stringify(then.incident) === JSON.stringify(incident) ? then : built;
}
