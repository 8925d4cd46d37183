import { maxLineBytes, maxLogCharacters } from '#core/wire/sizes.ts';

/** Room for the rest of the observation on its line. */
const maxEncodedLength = maxLineBytes - 64_000;

/** The end of a text that fits on the wire: control characters take six characters each in JSON. */
export function fitLogText(text: string): string {
  const short = text.length > maxLogCharacters ? fromLineStart(text, text.length - maxLogCharacters) : text;
  const encodedLength = JSON.stringify(short).length;
  if (encodedLength <= maxEncodedLength) return short;
  return fitLogText(fromLineStart(short, Math.ceil(short.length * (1 - maxEncodedLength / encodedLength)) + 1));
}

function fromLineStart(text: string, from: number): string {
  const newline = text.indexOf('\n', from);
  return newline >= 0 && newline < text.length - 1 ? text.slice(newline + 1) : text.slice(from);
}
