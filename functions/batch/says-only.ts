import type { Observation } from '#core/wire/observation.ts';

const quote = 0x22;
const colon = 0x3a;
const backslash = 0x5c;

/**
 * Whether a body says nothing that its observations do not, so that it can be kept as it came. What the schema dropped, and the
 * first of two fields of one name, nobody has looked at for credentials.
 *
 * @param body of JSON, whose every line became one of the observations
 */
export function saysOnly(body: Uint8Array, observations: readonly Observation[]): boolean {
  let fields = 0;
  for (const observation of observations) fields += countFields(observation);
  return writtenFields(body) === fields;
}

/**
 * Never fewer than there are: a field is a quote before a colon, and so is a text that begins with one. Infinite with a blank between
 * the two, which no collector writes.
 */
function writtenFields(body: Uint8Array): number {
  let fields = 0;
  for (let at = 1; at < body.length; at += 1) {
    if (body[at] !== quote) continue;
    const next = body[at + 1];
    if (next === colon) fields += body[at - 1] === backslash && isEscaped(body, at) ? 0 : 1;
    else if (isBlank(next) && body[afterBlanks(body, at + 1)] === colon) return Infinity;
  }
  return fields;
}

function isEscaped(body: Uint8Array, at: number): boolean {
  let from = at;
  while (body[from - 1] === backslash) from -= 1;
  return (at - from) % 2 === 1;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}

function afterBlanks(body: Uint8Array, from: number): number {
  let at = from;
  while (isBlank(body[at])) at += 1;
  return at;
}

/** `in` makes no list of what it goes through; JSON inherits nothing. */
function countFields(value: Readonly<Record<string, unknown>>): number {
  let fields = 0;
  for (const name in value) {
    const field = value[name];
    fields += 1;
    if (Array.isArray(field)) for (const item of field) fields += isObject(item) ? countFields(item) : 0;
    else if (isObject(field)) fields += countFields(field);
  }
  return fields;
}

/** No schema of the wire has an array in an array. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
