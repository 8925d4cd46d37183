const hourMs = 3_600_000;
/** About a hundred years from 1970: a broken clock in the data must not make readers count hours for ever. */
const lastHour = 876_000;

/** The bucket of a time in epoch milliseconds; what has no time is in bucket 0. */
export function hourOf(at: number): number {
  return Number.isFinite(at) ? Math.min(Math.max(Math.floor(at / hourMs), 0), lastHour) : 0;
}
