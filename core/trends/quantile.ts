/** The smallest value that at least `share` of all values do not exceed. Undefined of nothing. */
export function quantile(ascending: ArrayLike<number>, share: number): number | undefined {
  return ascending[Math.max(0, Math.ceil(share * ascending.length) - 1)];
}
