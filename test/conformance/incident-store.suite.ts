import type { IncidentStore } from '#core/ports.ts';
import { describeBatches } from './incident-store/batches.suite.ts';
import { describeEvidence } from './incident-store/evidence.suite.ts';
import { describeFolds } from './incident-store/folds.suite.ts';
import { describeIncidents } from './incident-store/incidents.suite.ts';
import { describeObservations } from './incident-store/observations.suite.ts';
import { describeOverview } from './incident-store/overview.suite.ts';
import { describeRelevance } from './incident-store/relevance.suite.ts';
import { describeDueWorkloads } from './incident-store/due-workloads.suite.ts';

/** A store without content, for the running test alone. */
export type OpenStore = () => Promise<IncidentStore>;

/** What every adapter of the store must do; each dialect runs all of it. */
export function describeIncidentStore(open: OpenStore): void {
  describeBatches(open);
  describeObservations(open);
  describeRelevance(open);
  describeDueWorkloads(open);
  describeFolds(open);
  describeIncidents(open);
  describeEvidence(open);
  describeOverview(open);
}
