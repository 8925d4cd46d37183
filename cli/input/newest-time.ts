const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * The newest moment that an object shows anywhere in its status or metadata: since then it has been as it is.
 * A deletion in the future is a plan, and a probe's or certificate's expiry is no news, so only known places count.
 *
 * @returns epoch milliseconds, or undefined when the object shows no time
 */
export function newestTime(raw: unknown): number | undefined {
  let newest: number | undefined;
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string') {
      const at = counted.has(key) && rfc3339.test(value) ? Date.parse(value) : Number.NaN;
      if (at > 0 && (newest === undefined || at > newest)) newest = at;
    } else if (Array.isArray(value)) value.forEach((item) => visit(item, key));
    else if (typeof value === 'object' && value !== null) for (const [name, field] of Object.entries(value)) visit(field, name);
  };
  visit(raw, '');
  return newest;
}

const counted = new Set([
  'creationTimestamp',
  'startTime',
  'startedAt',
  'finishedAt',
  'lastTransitionTime',
  'lastUpdateTime',
  'completionTime',
  'firstTimestamp',
  'lastTimestamp',
  'eventTime',
  'lastObservedTime',
  'lastScheduleTime',
]);
