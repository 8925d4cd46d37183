import { z } from 'zod';
import { coverageObservation } from './coverage.ts';
import { eventObservation } from './event.ts';
import { logObservation } from './log.ts';
import { nodeObservation } from './node.ts';
import { podObservation } from './pod.ts';
import { usageObservation } from './usage.ts';
import { workloadObservation } from './workload.ts';

/** One line of a batch. Unknown fields are dropped; an unknown `kind` rejects the line. */
export const observation = z.discriminatedUnion('kind', [
  podObservation,
  eventObservation,
  logObservation,
  usageObservation,
  workloadObservation,
  nodeObservation,
  coverageObservation,
]);

export type Observation = z.infer<typeof observation>;
export type ObservationKind = Observation['kind'];

/** An observation before the collector knows its own name for it: what `trim` makes of a Kubernetes object. */
export type Draft<T extends Observation = Observation> = T extends Observation ? Omit<T, 'id' | 'observedAt' | 'cluster'> : never;
