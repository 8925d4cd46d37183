/** By code unit, the same on every machine: for sorting what documents and answers depend on. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
