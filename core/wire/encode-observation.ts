import type { Observation } from './observation.ts';

const encoded = new WeakMap<Observation, string>();

/** An observation as one line of JSON. Remembered as long as the object lives: the blob and the index write the same text. */
export function encodeObservation(observation: Observation): string {
  const known = encoded.get(observation);
  if (known !== undefined) return known;
  const text = JSON.stringify(observation);
  encoded.set(observation, text);
  return text;
}
