export interface ObjectEvent {
  readonly key: string;
  /** Hexadecimal without leading zeros; grows with every write and removal of one key, and says nothing about two keys. */
  readonly sequencer: string;
}

/** Notifications come in any order: of several about one object only the newest says how it is now. */
export function newestPerKey<T extends ObjectEvent>(events: readonly T[]): readonly T[] {
  const newest = new Map<string, T>();
  for (const event of events) {
    const known = newest.get(event.key);
    if (known === undefined || isLater(event.sequencer, known.sequencer)) newest.set(event.key, event);
  }
  return [...newest.values()];
}

/** As numbers: the shorter one is the smaller one, which a comparison of texts does not know. */
function isLater(a: string, b: string): boolean {
  const digits = Math.max(a.length, b.length);
  return a.toUpperCase().padStart(digits, '0') > b.toUpperCase().padStart(digits, '0');
}
