const dayMs = 86_400_000;
/** About a hundred years from 1970: a broken clock in the data must not make readers count days for ever. */
const lastDay = 36_500;

/** The bucket of a time in epoch milliseconds; what has no time is in bucket 0. */
export function dayOf(at: number): number {
  return Number.isFinite(at) ? Math.min(Math.max(Math.floor(at / dayMs), 0), lastDay) : 0;
}
