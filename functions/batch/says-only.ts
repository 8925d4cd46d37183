import type { Observation } from '#core/wire/observation.ts';

const backslash = 0x5c;
const blanks = [' ', '\t', '\n', '\r'];

/**
 * Whether a body says nothing that its observations do not, so that it can be kept as it came. What the schema dropped, and the
 * first of two fields of one name, nobody has looked at for credentials.
 *
 * @param body of JSON, whose every line became one of the observations
 */
export function saysOnly(body: Uint8Array, observations: readonly Observation[]): boolean {
  let fields = 0;
  for (const observation of observations) fields += countFields(observation);
  return writtenFields(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1')) === fields;
}

/**
 * Never fewer than there are: a field is a quote before a colon, and so is a text that begins with one. Infinite with a blank between
 * the two, which no collector writes. The engine's search looks at many bytes at once.
 *
 * @param body a character for each byte
 */
function writtenFields(body: string): number {
  if (hasBlankBeforeColon(body)) return Infinity;
  let fields = 0;
  for (let at = body.indexOf('":'); at !== -1; at = body.indexOf('":', at + 2)) {
    if (body.charCodeAt(at - 1) !== backslash || !isEscaped(body, at)) fields += 1;
  }
  return fields;
}

/** Behind a quote, that is; within a text it may be. */
function hasBlankBeforeColon(body: string): boolean {
  return blanks.some((blank) => body.includes(`${blank}:`)) && /"[ \t\n\r]+:/.test(body);
}

function isEscaped(body: string, at: number): boolean {
  let from = at;
  while (body.charCodeAt(from - 1) === backslash) from -= 1;
  return (at - from) % 2 === 1;
}

/** `in` makes no list of what it goes through; JSON inherits nothing. */
function countFields(value: Readonly<Record<string, unknown>>): number {
  let fields = 0;
  for (const name in value) {
    const field = value[name];
    fields += 1;
    if (!isObject(field)) continue;
    if (Array.isArray(field)) for (const item of field) fields += isObject(item) ? countFields(item) : 0;
    else fields += countFields(field);
  }
  return fields;
}

/** No schema of the wire has an array in an array. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
