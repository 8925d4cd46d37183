import type { Check } from './check.ts';

/** A `Date` header knows whole seconds, and the answer took its time. */
const toleratedMs = 5000;

/** Compares this clock with an answer's `Date` header; undefined when it has none. Times of both sides stand in one timeline. */
export function checkClock(
  name: Check['name'],
  { date, now }: { readonly date: string | undefined; readonly now: Date },
): Check | undefined {
  const there = Date.parse(date ?? '');
  if (Number.isNaN(there)) return undefined;
  const skewMs = now.getTime() - there;
  if (Math.abs(skewMs) <= toleratedMs) return { name, ok: true, detail: 'in step' };
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const direction = skewMs > 0 ? 'ahead' : 'behind';
  return {
    name,
    ok: false,
    detail: `This clock is ${seconds} s ${direction}: times in reports will not fit together. Use NTP on both sides.`,
  };
}
