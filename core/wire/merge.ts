import type { LogObservation } from './log.ts';
import type { Observation } from './observation.ts';

/**
 * Two observations of the same id made one: the earliest `observedAt` stays, and of two logs the longer.
 * Commutative, associative and idempotent, so arrival order cannot reach a document.
 */
export function mergeObservations(a: Observation, b: Observation): Observation {
  const kept = a.kind === 'log' && b.kind === 'log' ? richerLog(a, b) : canonical(a) <= canonical(b) ? a : b;
  const observedAt = Date.parse(a.observedAt) <= Date.parse(b.observedAt) ? a.observedAt : b.observedAt;
  return kept.observedAt === observedAt ? kept : { ...kept, observedAt };
}

function richerLog(a: LogObservation, b: LogObservation): LogObservation {
  const lengths = (a.text?.length ?? -1) - (b.text?.length ?? -1);
  if (lengths !== 0) return lengths > 0 ? a : b;
  if (a.final !== b.final) return a.final ? a : b;
  return canonical(a) <= canonical(b) ? a : b;
}

/** Everything but the observer's clock, which the merge treats on its own. */
function canonical(observation: Observation): string {
  return JSON.stringify({ ...observation, observedAt: '' });
}
