/** Nothing but speed depends on it. */
const known = new WeakMap<object, string>();

/** A key and how it is written, as the first of its object and behind another. */
interface WrittenKey {
  readonly key: string;
  readonly first: string;
  readonly next: string;
}

/** Objects of one kind have the same keys one after the other: the keys so far, and which may follow. */
interface KeyPath {
  readonly following: Map<string, KeyPath>;
  sorted?: readonly WrittenKey[];
}

/** To sort the keys of each object anew took a sixth of all that a collector allocates. */
const paths: KeyPath = { following: new Map() };
const mostPaths = 1000;
let pathCount = 0;

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
  for (const { key, first, next } of writtenKeys(fields)) {
    const field = fields[key];
    if (field !== undefined && field !== null) text += (text.length === 1 ? first : next) + canonicalText(field);
  }
  return `${text}}`;
}

function writtenKeys(fields: object): readonly WrittenKey[] {
  const keys = Object.keys(fields);
  const path = pathOf(keys);
  if (path === undefined) return sortedKeys(keys);
  path.sorted ??= sortedKeys(keys);
  return path.sorted;
}

/** Undefined where no more paths are kept: labels may have any keys. */
function pathOf(keys: readonly string[]): KeyPath | undefined {
  let path: KeyPath = paths;
  for (const key of keys) {
    const next = path.following.get(key) ?? extend(path, key);
    if (next === undefined) return undefined;
    path = next;
  }
  return path;
}

function extend({ following }: KeyPath, key: string): KeyPath | undefined {
  if (pathCount >= mostPaths) return undefined;
  pathCount += 1;
  const path: KeyPath = { following: new Map() };
  following.set(key, path);
  return path;
}

function sortedKeys(unsorted: readonly string[]): readonly WrittenKey[] {
  const keys = unsorted.toSorted();
  const ordered = keys.some(startsWithDigit) ? Object.keys(Object.fromEntries(keys.map((key) => [key, 0]))) : keys;
  return ordered.map((key) => ({ key, first: `${JSON.stringify(key)}:`, next: `,${JSON.stringify(key)}:` }));
}

function startsWithDigit(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 0x30 && first <= 0x39;
}
