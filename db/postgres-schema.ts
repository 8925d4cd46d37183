import { postgresTables } from './schema.ts';

/** What drizzle-kit reads: it finds tables among the exports of a file. */
export const {
  batches,
  observations,
  deaths,
  segments,
  segmentEvidence,
  changedHours,
  objects,
  links,
  workloads,
  incidents,
  incidentIds,
  documents,
  documentVersions,
  watermarks,
  apiKeys,
  terminations,
  waits,
  rollouts,
  podRuns,
  trendWeeks,
  trendMarks,
  collectors,
} = postgresTables;
