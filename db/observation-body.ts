import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { encodeObservation } from '#core/wire/encode-observation.ts';
import type { Observation } from '#core/wire/observation.ts';

/** In front of a packed body: no JSON begins so. */
const packed = 'z';
/** Log tails are longer and shrink to an eighth; states and events are shorter, and many. */
const packFromCharacters = 4096;
const level = 3;

/** What the `body` column holds: JSON, or its Base64 deflated when that is long. */
export function packObservation(observation: Observation): string {
  const json = encodeObservation(observation);
  return json.length < packFromCharacters ? json : `${packed}${deflateRawSync(json, { level }).toString('base64')}`;
}

/** Only {@link packObservation} writes these texts, from observations that passed the wire schema. */
export function unpackObservation(body: string): Observation {
  const observation: Observation = JSON.parse(unpackText(body));
  return observation;
}

function unpackText(body: string): string {
  return body.startsWith(packed) ? inflateRawSync(Buffer.from(body.slice(1), 'base64')).toString('utf8') : body;
}
