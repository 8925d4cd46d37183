import type { Observation } from '#core/wire/observation.ts';

/**
 * The primary key of an observation within its cluster: its id behind the cluster's own counter. The counter comes from the
 * record, so a repeat has the same key, and it grows, so new rows go to the end of the index instead of anywhere in it.
 */
export function observationKey(observation: Observation): string {
  return `${sortableDigits(counterOf(observation))}.${observation.id}`;
}

/** Logs and usage carry no counter; they are few, and sort behind everything that has one. */
function counterOf(observation: Observation): string {
  switch (observation.kind) {
    case 'pod':
    case 'event':
    case 'workload':
    case 'node':
      return observation.resourceVersion;
    case 'coverage':
      return String(Date.parse(observation.to));
    case 'log':
    case 'usage':
      return '';
    default:
      return observation satisfies never;
  }
}

/** The start of all keys that belong to a counter. */
export function counterPrefix(counter: string): string {
  return sortableDigits(counter);
}

/** Decimal digits behind a letter for their number, so that text order is number order: `7` is `b7`, `4701` is `e4701`. */
function sortableDigits(counter: string): string {
  return /^\d{1,24}$/.test(counter) ? `${String.fromCharCode(97 + counter.length)}${counter}` : 'z';
}
