import type { Observation } from './observation.ts';

/**
 * An observation as one line of JSON. Not remembered by object, although blob and index both write it: a weak map of what lives
 * this shortly costs the garbage collector more than the second line.
 */
export function encodeObservation(observation: Observation): string {
  return JSON.stringify(observation);
}
