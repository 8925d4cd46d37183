/**
 * Where a key stands, which decides how much its value has to look like a secret:
 * `json` in quotes, `assigned` before `=` or `=>`, `line` alone at the start of a line before a colon, `tight` before a colon
 * without a space (Go maps), `prose` before a colon in a sentence, `flag` before its own argument.
 */
export type KeyPlace = 'json' | 'assigned' | 'line' | 'tight' | 'prose' | 'flag';

export interface Key {
  readonly name: string;
  readonly place: KeyPlace;
  /** Index of the first character of the value, its quote included. */
  readonly valueAt: number;
  /** A line of its own, apart from a time stamp, an indent or a bullet before it. */
  readonly startsLine: boolean;
  /** Blanks before the separator, as in source code and INI files. */
  readonly spaced: boolean;
  /** The key is the last part of a path or of an image reference. */
  readonly inPath: boolean;
}

const maxKeyLength = 96;
const keyCharacter = /[\w.-]/;
const tail =
  /([\w.-]{0,96})(\\{0,7}["'])?\]?([ \t]{0,8})(=>|:=|=(?!=)|:(?![:/]))([ \t]{0,40}(?:\r?\n(?:\d{4}-\d\d-\d\dT[\d:.]{8,18}Z )?[ \t]{0,40}(?=\\{0,7}"))?(?:\[\s{0,4}(?=\\{0,7}["']))?(?:[&!][\w!]{1,64}[ \t]{1,4})?)/y;
const argument = /([\w-]{0,64})["']?[ \t]{1,4}(?=[^\s-])/y;
const lineLead = /^(?:\d{4}-\d\d-\d\dT[\d:.]{8,18}Z )?[\s>|<#*+([{,-]*(?:export |set |env |declare -x |ENV |ARG )?(?:\\?["'])?$/;

/** The key around a keyword at `from`…`to`, or nothing when no separator follows it. `floor` is where earlier output ended. */
export function readKey(text: string, from: number, to: number, floor: number): Key | undefined {
  tail.lastIndex = to;
  const match = tail.exec(text);
  if (match === null) return readFlag(text, from, to, floor);
  const start = keyStart(text, from, floor);
  const [, rest = '', quote, before = '', separator = '', after = ''] = match;
  const name = text.slice(start, to) + rest;
  const startsLine = isLineStart(text, start);
  const opened = quote !== undefined && text.slice(Math.max(0, start - quote.length), start) === quote;
  const shape = { name, valueAt: tail.lastIndex, startsLine, spaced: before !== '' };
  return { ...shape, place: placeOf({ opened, separator, after, startsLine }), inPath: /[/@]/.test(text.charAt(start - 1)) };
}

function placeOf(seen: { opened: boolean; separator: string; after: string; startsLine: boolean }): KeyPlace {
  if (seen.separator !== ':') return 'assigned';
  if (seen.opened) return 'json';
  if (seen.startsLine) return 'line';
  return seen.after === '' ? 'tight' : 'prose';
}

function readFlag(text: string, from: number, to: number, floor: number): Key | undefined {
  argument.lastIndex = to;
  const match = argument.exec(text);
  if (match === null) return undefined;
  const start = keyStart(text, from, floor);
  if (text[start] !== '-') return undefined;
  const name = text.slice(start, to) + (match[1] ?? '');
  return { name, place: 'flag', valueAt: argument.lastIndex, startsLine: false, spaced: true, inPath: false };
}

function keyStart(text: string, from: number, floor: number): number {
  let start = from;
  while (start > floor && from - start < maxKeyLength && keyCharacter.test(text.charAt(start - 1))) start--;
  return start;
}

function isLineStart(text: string, start: number): boolean {
  const lead = text.slice(Math.max(0, start - 120), start);
  const newline = lead.lastIndexOf('\n');
  if (newline < 0 && start > 120) return false;
  return lineLead.test(lead.slice(newline + 1));
}
