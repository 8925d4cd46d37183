type Fields = Readonly<Record<string, unknown>>;

/** What differs between two sightings of the same state: who saw it, when, and under which version. */
const observerFields: ReadonlySet<string> = new Set(['id', 'observedAt', 'cluster', 'resourceVersion', 'workload']);

/** Whether two records of one object say the same. Compares in place: serialising each state would cost more than reading it. */
export function sameContent(a: Fields, b: Fields): boolean {
  return sameFields(a, b, observerFields);
}

function sameFields(a: Fields, b: Fields, ignored?: ReadonlySet<string>): boolean {
  let fields = 0;
  // for…in: records come from JSON and have no prototype of their own, and an array of entries for each would be garbage.
  for (const key in a) {
    const value = a[key];
    if (value === undefined || ignored?.has(key) === true) continue;
    if (!sameValue(value, b[key])) return false;
    fields += 1;
  }
  // Every field of `a` is in `b`; with as many in `b` there is none more.
  for (const key in b) if (b[key] !== undefined && ignored?.has(key) !== true) fields -= 1;
  return fields === 0;
}

function sameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameValue(item, b[index]));
  return isFields(a) && isFields(b) && sameFields(a, b);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
