/** What differs between two sightings of the same state: who saw it, when, and under which version. */
const observerFields: ReadonlySet<string> = new Set(['id', 'observedAt', 'cluster', 'resourceVersion', 'workload']);

/** Whether two records of one object say the same. Compares in place: serialising each state would cost more than reading it. */
export function sameContent(a: object, b: object): boolean {
  return sameFields(a, b, observerFields);
}

function sameFields(a: object, b: object, ignored: ReadonlySet<string> | undefined): boolean {
  const left = Object.entries(a).filter(([key, value]) => value !== undefined && ignored?.has(key) !== true);
  const right = new Map(Object.entries(b).filter(([key, value]) => value !== undefined && ignored?.has(key) !== true));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && sameValue(value, right.get(key)));
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  return !Array.isArray(b) && sameFields(a, b, undefined);
}
