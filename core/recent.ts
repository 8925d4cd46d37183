/** What came lately, by text. What came least recently is forgotten: at most `2 * atMost` values are held. */
export interface Recent<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
}

export function createRecent<T>(atMost: number): Recent<T> {
  let recent = new Map<string, T>();
  let older = new Map<string, T>();

  function set(key: string, value: T): void {
    if (recent.size >= atMost) {
      older = recent;
      recent = new Map();
    }
    recent.set(key, value);
  }

  return {
    get(key) {
      const known = recent.get(key);
      if (known !== undefined) return known;
      const seen = older.get(key);
      if (seen !== undefined) set(key, seen);
      return seen;
    },
    set,
  };
}
