export interface PageWish {
  readonly prefix: string;
  readonly delimiter: string;
  /** Last key or group of the page before; empty for the first page. */
  readonly after: string;
  readonly maxKeys: number;
}

export interface Page {
  readonly keys: readonly string[];
  /** Beginnings that several keys share up to the delimiter. */
  readonly groups: readonly string[];
  /** Where the next page goes on, where there is one. */
  readonly next: string | undefined;
}

/** One page of keys, which are in the order of UTF-8. */
export function listPage(allKeys: readonly string[], { prefix, delimiter, after, maxKeys }: PageWish): Page {
  const entries = new Map<string, 'key' | 'group'>();
  let last = after;
  for (const key of allKeys) {
    if (!key.startsWith(prefix)) continue;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const entry = cut === -1 ? key : key.slice(0, cut + delimiter.length);
    if (isBehind(entry, after) || entries.has(entry)) continue;
    if (entries.size >= maxKeys) return { ...split(entries), next: last };
    entries.set(entry, cut === -1 ? 'key' : 'group');
    last = entry;
  }
  return { ...split(entries), next: undefined };
}

function split(entries: ReadonlyMap<string, 'key' | 'group'>): Pick<Page, 'keys' | 'groups'> {
  const of = (wanted: 'key' | 'group') => [...entries].filter(([, kind]) => kind === wanted).map(([entry]) => entry);
  return { keys: of('key'), groups: of('group') };
}

function isBehind(entry: string, after: string): boolean {
  return after !== '' && Buffer.compare(Buffer.from(entry), Buffer.from(after)) <= 0;
}
