import type { Key } from './read-key.ts';

export interface Value {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly style: 'bare' | 'quoted' | 'block';
  /** Nothing but blanks follows on its line. */
  readonly endsLine: boolean;
}

/** Markers count as one piece of a bare value: what an earlier rule left standing beside one belongs to the secret. */
/** In a text that was quoted, a line ends with a backslash and a letter. */
const toBlank = pieces('(?!\\\\+[nrt])[^\\s"\'`]');
const toDelimiter = pieces('(?!\\\\+[nrt])[^\\s"\'`;&,)\\]}<>|]');
const wholeLine = pieces('[^\\r\\n]');
const openingQuote = /\\{0,7}["']|`/y;
const blockHead = /[|>][+-]?\d?[ \t]*\r?\n/y;
const lineRest = /[ \t]*(?:#[^\n]{0,200})?(?:\r?\n|$)/y;
const stampedIndent = /(?:\d{4}-\d\d-\d\dT[\d:.]{8,18}Z )?([ \t]*)/y;

/** A bare value is judged by its beginning, so that a refused one costs no more than that; a taken one is then read to its end. */
function pieces(character: string): { readonly beginning: RegExp; readonly whole: RegExp } {
  const piece = `(?:\\[REDACTED:[\\w-]{1,63}\\]|${character})`;
  return { beginning: new RegExp(`${piece}{1,256}`, 'y'), whole: new RegExp(`${piece}+`, 'y') };
}

/** The value after a key, on the same line except for YAML block scalars. */
export function readValue(text: string, key: Key): Value | undefined {
  const at = key.valueAt;
  return readQuoted(text, at) ?? (key.place === 'line' ? readBlock(text, at) : undefined) ?? readBare(text, key);
}

function readQuoted(text: string, at: number): Value | undefined {
  openingQuote.lastIndex = at;
  const quote = openingQuote.exec(text)?.[0];
  if (quote === undefined) return undefined;
  const from = at + quote.length;
  const to = closing(text, from, quote);
  const value = text.slice(from, to);
  return { text: value, from, to, style: 'quoted', endsLine: endsLine(text, to + quote.length) };
}

/** Index of the closing quote, or the end of the line where the text was cut before it. */
function closing(text: string, from: number, quote: string): number {
  let at = from;
  while (at < text.length && text[at] !== '\n') {
    if (text.startsWith(quote, at)) return at;
    at += text[at] === '\\' && quote.length === 1 && text[at + 1] !== '\n' ? 2 : 1;
  }
  return Math.min(at, text.length);
}

function readBare(text: string, key: Key): Value | undefined {
  const at = key.valueAt;
  const { beginning } = patternOf(text, key);
  beginning.lastIndex = at;
  const value = beginning.exec(text)?.[0];
  if (value === undefined) return undefined;
  const to = at + value.length;
  return { text: value, from: at, to, style: 'bare', endsLine: endsLine(text, to) };
}

/** Where the value really ends, however long it is. */
export function wholeValueEnd(text: string, key: Key, value: Value): number {
  if (value.style !== 'bare') return value.to;
  const { whole } = patternOf(text, key);
  whole.lastIndex = value.from;
  return value.from + (whole.exec(text)?.[0].length ?? value.text.length);
}

function patternOf(text: string, key: Key): { readonly beginning: RegExp; readonly whole: RegExp } {
  if (key.place === 'assigned' && key.startsLine && !key.spaced) return isWholeLine(text, key) ? wholeLine : toBlank;
  return key.place === 'line' ? toBlank : toDelimiter;
}

/** `env` prints values with blanks and without quotes: an upper-case name, and no further assignment on the line. */
function isWholeLine(text: string, key: Key): boolean {
  if (!/^[A-Z][A-Z0-9_]*$/.test(key.name)) return false;
  const stop = text.indexOf('\n', key.valueAt);
  const line = text.slice(key.valueAt, Math.min(stop < 0 ? text.length : stop, key.valueAt + 4096));
  return !/\s[\w.-]+[=:]/.test(line);
}

function readBlock(text: string, at: number): Value | undefined {
  blockHead.lastIndex = at;
  if (!blockHead.test(text)) return undefined;
  const from = blockHead.lastIndex;
  const keyIndent = indentOf(text, text.lastIndexOf('\n', at) + 1);
  let to = from;
  while (to < text.length && indentOf(text, to) > keyIndent) {
    const next = text.indexOf('\n', to);
    to = next < 0 ? text.length : next + 1;
  }
  if (to === from) return undefined;
  const end = text[to - 1] === '\n' ? to - 1 : to;
  return { text: text.slice(from, end), from, to: end, style: 'block', endsLine: true };
}

function indentOf(text: string, lineStart: number): number {
  stampedIndent.lastIndex = lineStart;
  return stampedIndent.exec(text)?.[1]?.length ?? 0;
}

function endsLine(text: string, at: number): boolean {
  lineRest.lastIndex = at;
  return lineRest.test(text);
}
