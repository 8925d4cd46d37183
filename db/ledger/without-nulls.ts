type WithoutNulls<T> = { [K in keyof T as null extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as null extends T[K] ? K : never]?: Exclude<T[K], null>;
};

/** SQL's null is an absent property here. */
export function withoutNulls<T extends object>(row: T): WithoutNulls<T> {
  const kept = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  // Only properties whose value is null are gone, and exactly these are optional in the result.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return kept as WithoutNulls<T>;
}
