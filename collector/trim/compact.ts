/** The same fields, those that may be undefined made optional: what `exactOptionalPropertyTypes` asks for. */
export type Compact<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out every field that is undefined; absent and null are the same on the wire, undefined is not on it at all. */
export function compact<T extends object>(fields: T): Compact<T>;
export function compact(fields: Readonly<Record<string, unknown>>): object {
  const kept: Record<string, unknown> = {};
  for (const key in fields) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept;
}
