import type { ContainerStatus } from '#core/wire/container.ts';
import type { Observation } from '#core/wire/observation.ts';
import { findDeaths } from '../detect/find-deaths.ts';

/** How long an observation is worth its room: first deaths and their logs longest, what only repeats or accompanies them least. */
export type EvidenceClass = 'first' | 'failure' | 'ordinary';

/** The parts of the room a class may use: the oldest evidence stays, and what comes into a full spool gives way by its class. */
const shares: Readonly<Record<EvidenceClass, number>> = { first: 1, failure: 0.9, ordinary: 0.75 };

export function roomFor(observation: Observation, maxBytes: number): number {
  return maxBytes * shares[evidenceClassOf(observation)];
}

export function evidenceClassOf(observation: Observation): EvidenceClass {
  switch (observation.kind) {
    case 'pod':
      return podClass(observation.containers);
    case 'log':
      return observation.final && observation.restartCount <= 1 ? 'first' : 'failure';
    case 'usage':
      return 'failure';
    case 'event':
      return observation.type === 'Warning' ? 'failure' : 'ordinary';
    case 'coverage':
      // What could not be seen is told however full the spool is; that all is well is not.
      return observation.note === 'heartbeat' || observation.note === 'relist' || observation.note === 'redacted' ? 'ordinary' : 'first';
    case 'workload':
    case 'node':
      return 'ordinary';
    default:
      return observation satisfies never;
  }
}

function podClass(containers: readonly ContainerStatus[]): EvidenceClass {
  const deaths = containers.flatMap(findDeaths);
  if (deaths.some(({ attempt }) => attempt <= 1)) return 'first';
  return deaths.length > 0 ? 'failure' : 'ordinary';
}
