/** The value with these fields; the same object where they are what it has: what is known of it stays known. */
export function withChanges<T extends object>(value: T, changes: Partial<T>): T {
  for (const key in changes) if (changes[key] !== value[key]) return { ...value, ...changes };
  return value;
}

/** The same array where no element has become another one. */
export function mapChanged<T>(values: T[], change: (value: T, index: number) => T): T[] {
  const changed = values.map(change);
  return changed.every((value, index) => value === values[index]) ? values : changed;
}
