import { pastTimes, toRfc3339 } from './known-times.ts';
import { isObject } from './read-objects.ts';

/** First and last moment that an object shows, in epoch milliseconds. */
export interface TimeSpan {
  readonly oldest: number;
  readonly newest: number;
}

/**
 * The moments that an object shows anywhere in its status or metadata: since the newest of them it has been as it is.
 * A deletion in the future is a plan, and a probe's or certificate's expiry is no news, so only known places count;
 * the request for a deletion lies in the past.
 *
 * @returns undefined when the object shows no time
 */
export function timeSpanOf(raw: unknown): TimeSpan | undefined {
  const request = deletionRequest(raw);
  let span = request === undefined ? undefined : { oldest: request, newest: request };
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      const at = pastTimes.has(key) ? momentOf(value) : undefined;
      if (at !== undefined) span = { oldest: Math.min(at, span?.oldest ?? at), newest: Math.max(at, span?.newest ?? at) };
    } else if (Array.isArray(value)) value.forEach((item) => visit(item, key));
    else if (typeof value === 'object' && value !== null) for (const [name, field] of Object.entries(value)) visit(field, name);
  };
  visit(raw, '');
  return span;
}

/** From the first to the last moment of all of them. */
export function widestSpan(spans: readonly (TimeSpan | undefined)[]): TimeSpan | undefined {
  const known = spans.filter((span) => span !== undefined);
  if (known.length === 0) return undefined;
  return { oldest: Math.min(...known.map((span) => span.oldest)), newest: Math.max(...known.map((span) => span.newest)) };
}

/** `deletionTimestamp` is when the grace period will be over. */
function deletionRequest(raw: unknown): number | undefined {
  const metadata = isObject(raw) && isObject(raw['metadata']) ? raw['metadata'] : {};
  const { deletionTimestamp, deletionGracePeriodSeconds } = metadata;
  const due = typeof deletionTimestamp === 'string' ? momentOf(deletionTimestamp) : undefined;
  return due === undefined ? undefined : due - (typeof deletionGracePeriodSeconds === 'number' ? deletionGracePeriodSeconds : 0) * 1000;
}

function momentOf(text: string): number | undefined {
  const at = Date.parse(toRfc3339(text) ?? '');
  return at > 0 ? at : undefined;
}
