/** Epoch milliseconds. All of core/ computes with these; text forms exist only at its borders. */
export type Instant = number;

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** RFC 3339 to epoch milliseconds, or undefined for absent and for the zero times Kubernetes writes (0001-01-01, 1970-01-01). */
export function instantOf(text: string | undefined): Instant | undefined {
  if (text === undefined) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) || at <= 0 ? undefined : at;
}

/** RFC 3339 in UTC, without a fraction when it is zero. */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** Kubernetes truncates status and event times to seconds; comparing them with finer times needs the same grain. */
export function wholeSecond(at: Instant): Instant {
  return Math.floor(at / second) * second;
}

/** First defined, smallest; undefined when there is none. */
export function earliest(...times: readonly (Instant | undefined)[]): Instant | undefined {
  let found: Instant | undefined;
  for (const at of times) if (at !== undefined && (found === undefined || at < found)) found = at;
  return found;
}

export function latest(...times: readonly (Instant | undefined)[]): Instant | undefined {
  let found: Instant | undefined;
  for (const at of times) if (at !== undefined && (found === undefined || at > found)) found = at;
  return found;
}
