import type { Observation } from '#core/wire/observation.ts';

/** Only `encodeObservation` writes these texts, from observations that passed the wire schema. */
export function decodeObservation(body: string): Observation {
  const observation: Observation = JSON.parse(body);
  return observation;
}
