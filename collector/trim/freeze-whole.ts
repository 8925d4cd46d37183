/** The same object, which nobody can change any more, in its depth neither. */
export function freezeWhole<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freezeWhole(part);
  return Object.freeze(value);
}
