/** The value with this field; the same object where it is what it has: what is known of it stays known. */
export function withField<T extends object, K extends keyof T>(value: T, key: K, field: T[K]): T {
  return value[key] === field ? value : { ...value, [key]: field };
}

/** The same array where no element has become another one. */
export function mapChanged<T>(values: T[], change: (value: T, index: number) => T): T[] {
  for (const [at, value] of values.entries()) {
    const changed = change(value, at);
    if (changed !== value)
      return [...values.slice(0, at), changed, ...values.slice(at + 1).map((later, index) => change(later, at + 1 + index))];
  }
  return values;
}
