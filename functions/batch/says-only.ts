import type { WrittenBody } from './parse-batch.ts';

const [quote, backslash] = [0x22, 0x5c];

/**
 * Whether a body says nothing that its observations do not, so that it can be kept as it came. What the schema dropped, and the
 * first of two fields of one name, nobody has looked at for credentials.
 *
 * @param body of JSON, whose every line became one of the observations
 */
export function saysOnly({ text, fields }: WrittenBody): boolean {
  return writtenFields(text) === fields;
}

/**
 * Never fewer than there are: a field is a quote before a colon, and so is a text that begins with one. Infinite with a blank between
 * the two, which no collector writes. The engine's search for one character looks at many bytes at once.
 */
function writtenFields(text: string): number {
  let fields = 0;
  for (let colon = text.indexOf(':'); colon !== -1; colon = text.indexOf(':', colon + 1)) {
    const before = text.charCodeAt(colon - 1);
    if (before === quote) fields += isEscaped(text, colon - 1) ? 0 : 1;
    else if (isBlank(before) && isBehindQuote(text, colon)) return Infinity;
  }
  return fields;
}

function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text.charCodeAt(from - 1) === backslash) from -= 1;
  return (at - from) % 2 === 1;
}

/** With blanks between; within a text it may be. */
function isBehindQuote(text: string, colon: number): boolean {
  let at = colon - 1;
  while (isBlank(text.charCodeAt(at))) at -= 1;
  return text.charCodeAt(at) === quote;
}

function isBlank(character: number): boolean {
  return character === 0x20 || character === 0x09 || character === 0x0a || character === 0x0d;
}
