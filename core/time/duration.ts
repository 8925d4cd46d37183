import { hour, minute, second, wholeSecond, type Instant } from './instant.ts';

const day = 24 * hour;

/** `7 s`, `2 min 53 s`, `1 h 4 min`, `3 d 2 h`: at most two units, truncated to seconds, for people. */
export function describeDuration(milliseconds: number): string {
  const total = Math.max(0, Math.floor(milliseconds / second) * second);
  if (total < minute) return `${total / second} s`;
  if (total < hour) return twoUnits(total, [minute, 'min'], [second, 's']);
  if (total < day) return twoUnits(total, [hour, 'h'], [minute, 'min']);
  return twoUnits(total, [day, 'd'], [hour, 'h']);
}

/** `2 s to 3 s`, or `7 s` where all of them read the same; at least one. */
export function describeRange(milliseconds: readonly number[]): string {
  const [shortest, longest] = [describeDuration(Math.min(...milliseconds)), describeDuration(Math.max(...milliseconds))];
  return shortest === longest ? shortest : `${shortest} to ${longest}`;
}

function twoUnits(total: number, [large, largeName]: readonly [number, string], [small, smallName]: readonly [number, string]): string {
  const rest = Math.floor((total % large) / small);
  return `${Math.floor(total / large)} ${largeName}${rest === 0 ? '' : ` ${rest} ${smallName}`}`;
}

/** Between two moments as their clock times read: both to the whole second, since most Kubernetes times are no finer. */
export function between(from: Instant, to: Instant): number {
  return wholeSecond(to) - wholeSecond(from);
}

/** `T+0`, `T+1m14s`, `T-3s`: distance from the onset, compact for tables. */
export function describeOffset(milliseconds: number): string {
  const total = Math.floor(Math.abs(milliseconds) / second);
  if (total === 0) return 'T+0';
  const parts = [
    [Math.floor(total / 3600), 'h'],
    [Math.floor((total % 3600) / 60), 'm'],
    [total % 60, 's'],
  ] as const;
  const text = parts.flatMap(([value, unit]) => (value === 0 ? [] : [`${value}${unit}`])).join('');
  return `T${milliseconds < 0 ? '-' : '+'}${text}`;
}
