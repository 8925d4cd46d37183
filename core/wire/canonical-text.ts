/** Nothing but speed depends on it. */
const known = new WeakMap<object, string>();
/** Keys come again and again, but for those of labels. */
const quoted = new Map<string, string>();
const mostQuoted = 1000;

/**
 * JSON with the keys of each object in the order of their characters, and without those that say nothing: key order carries no meaning
 * in JSON, so it must not reach a hash; neither must keys set to undefined or null. Keys that are numbers come first, as in every object.
 * Written directly: to sort copies and write those takes twice as long.
 */
export function canonicalText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return known.get(value) ?? textOf(value);
}

/** Makes the text of what does not change any more, in its depth neither, and keeps it as long as the object lives: it will be asked for again. */
export function rememberText(value: object): void {
  known.set(value, canonicalText(value));
}

function textOf(value: object): string {
  return isRecord(value) ? textOfRecord(value) : textOfArray(Object.values(value));
}

function isRecord(value: object): value is Readonly<Record<string, unknown>> {
  return !Array.isArray(value);
}

function textOfArray(values: readonly unknown[]): string {
  let text = '[';
  for (const value of values) text += text.length === 1 ? canonicalText(value) : `,${canonicalText(value)}`;
  return `${text}]`;
}

function textOfRecord(fields: Readonly<Record<string, unknown>>): string {
  let text = '{';
  for (const key of sortedKeys(fields)) {
    const field = fields[key];
    if (field !== undefined && field !== null) text += `${text.length === 1 ? '' : ','}${quote(key)}:${canonicalText(field)}`;
  }
  return `${text}}`;
}

function sortedKeys(fields: object): readonly string[] {
  const keys = Object.keys(fields).toSorted();
  return keys.some(startsWithDigit) ? Object.keys(Object.fromEntries(keys.map((key) => [key, 0]))) : keys;
}

function startsWithDigit(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 0x30 && first <= 0x39;
}

function quote(key: string): string {
  const before = quoted.get(key);
  if (before !== undefined) return before;
  const text = JSON.stringify(key);
  if (quoted.size < mostQuoted) quoted.set(key, text);
  return text;
}
