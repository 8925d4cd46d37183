import type { LogObservation } from './log.ts';
import type { Observation } from './observation.ts';
import type { UsageObservation } from './usage.ts';

/**
 * Two observations of the same id made one: the earliest `observedAt` stays, of two logs the longer, and of two series of memory
 * samples all samples.
 * Commutative, associative and idempotent, so arrival order cannot reach a document.
 */
export function mergeObservations(a: Observation, b: Observation): Observation {
  const kept = keptOf(a, b);
  const observedAt = Date.parse(a.observedAt) <= Date.parse(b.observedAt) ? a.observedAt : b.observedAt;
  return kept.observedAt === observedAt ? kept : { ...kept, observedAt };
}

function keptOf(a: Observation, b: Observation): Observation {
  if (a.kind === 'log' && b.kind === 'log') return richerLog(a, b);
  if (a.kind === 'usage' && b.kind === 'usage') return bothUsages(a, b);
  return canonical(a) <= canonical(b) ? a : b;
}

const mostSamples = 1000;

/** Two collectors, or one before and after a restart, see different moments; where they are too many, the last ones count. */
function bothUsages(a: UsageObservation, b: UsageObservation): UsageObservation {
  if (canonical(a) === canonical(b)) return a;
  const distinct = new Map([...a.samples, ...b.samples].map((sample) => [`${sample.at} ${sample.bytes}`, sample]));
  const samples = [...distinct]
    .toSorted(([key, one], [otherKey, other]) => Date.parse(one.at) - Date.parse(other.at) || (key < otherKey ? -1 : 1))
    .map(([, sample]) => sample)
    .slice(-mostSamples);
  const rest = canonical({ ...a, samples: [] }) <= canonical({ ...b, samples: [] }) ? a : b;
  return { ...rest, samples };
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
