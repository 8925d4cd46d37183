import { hour, minute, second, type Instant } from '../../time/instant.ts';

const day = 24 * hour;
const steps: readonly number[] = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * second),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minute),
  ...[1, 2, 3, 6, 12].map((count) => count * hour),
  ...[1, 2, 7, 14, 28, 91, 182, 364].map((count) => count * day),
];

export interface Ticks {
  readonly step: number;
  readonly times: readonly Instant[];
}

/** Round moments of UTC between two times, at most `max` of them. */
export function chooseTicks(from: Instant, to: Instant, max: number): Ticks {
  const step = steps.find((candidate) => (to - from) / candidate <= max) ?? Math.ceil((to - from) / max / day) * day;
  const first = Math.ceil(from / step) * step;
  const count = Math.max(0, Math.floor((to - first) / step) + 1);
  return { step, times: Array.from({ length: count }, (_, index) => first + index * step) };
}
