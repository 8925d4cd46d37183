import { signatureTables } from './signature-tables.ts';

/** Shorter texts stand in logs of any kind; in the one expression they would only hide that nothing else is there. */
const telling = 6;

const all = [...new Set(signatureTables.flatMap(({ signatures }) => signatures.map(({ text }) => text)))];
const short = all.filter((text) => text.length < telling);
const long = all.filter((text) => text.length >= telling);
/** One pass for hundreds of texts: a search for each of them would cost six times as much. */
export const anyLong = new RegExp(long.map((text) => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)).join('|'));

/** Without any, no signature can match: what nearly every log of a process that did not fail by itself comes to. */
export function holdsAnyText(lower: string): boolean {
  return short.some((text) => lower.includes(text)) || anyLong.test(lower);
}

/**
 * The texts of signatures that occur in what a log says.
 *
 * @param lower in lower case
 */
export function textsIn(lower: string): ReadonlySet<string> {
  const found = short.filter((text) => lower.includes(text));
  return new Set(anyLong.test(lower) ? [...found, ...long.filter((text) => lower.includes(text))] : found);
}
