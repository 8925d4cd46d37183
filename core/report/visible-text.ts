import { stripAnsi } from '../signatures/strip-ansi.ts';

/** Characters that reorder or hide text: bidi controls, zero-width, byte order mark, line separators. */
const hidden = /[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;
/** C0 and C1 controls except newline and tab, and what is left of a broken surrogate pair. */
// oxlint-disable-next-line no-control-regex -- control codes are what this removes
const control = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|[\ud800-\udfff]/gu;

/** Nothing to clean: nearly every text is so, and one look at it is cheaper than four. */
const plainLines = /^[\n\t\x20-\x7e]*$/;
/** The same of one line. */
const plainLine = /^[\x20-\x7e]*$/;

/** Text from outside with nothing in it that a terminal or a renderer would act on; lines stay lines. */
export function visibleText(raw: string): string {
  if (plainLines.test(raw)) return raw;
  return stripAnsi(raw)
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(control, (character) => `\\x${hex(character, 2)}`)
    .replaceAll(hidden, (character) => `\\u${hex(character, 4)}`);
}

/**
 * One line of at most `max` characters, for cells and code spans, in which a line break would end the row.
 *
 * @returns the text, with `… (+N)` for the N characters left out
 */
export function visibleLine(raw: string, max = 160): string {
  if (raw.length <= max && plainLine.test(raw)) return raw.trim();
  // Cut first: what is left out need not be cleaned, and a megabyte line is not a reason to be slow.
  const characters = Array.from(
    visibleText(raw.slice(0, 4 * max))
      .trim()
      .replaceAll('\n', ' ⏎ ')
      .replaceAll('\t', ' '),
  );
  const total = characters.length + Math.max(0, raw.length - 4 * max);
  return characters.length <= max && raw.length <= 4 * max
    ? characters.join('')
    : `${characters.slice(0, max).join('')}… (+${total - Math.min(max, characters.length)})`;
}

function hex(character: string, digits: number): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(digits, '0');
}
