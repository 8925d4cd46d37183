/** Fields of Kubernetes objects that say when something happened, as opposed to when something is planned. */
export const pastTimes: ReadonlySet<string> = new Set([
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

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;
/** What YAML libraries print for a time that was not quoted: `2018-12-01 01:01:01+00:00`. */
const yamlTime = /^(\d{4}-\d{2}-\d{2})[ Tt](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?) ?(Z|[+-]\d{2}:\d{2})?$/;

/** The time as RFC 3339, or undefined when the text is no time. */
export function toRfc3339(text: string): string | undefined {
  if (rfc3339.test(text)) return Number.isNaN(Date.parse(text)) ? undefined : text;
  const [, day, clock, zone = 'Z'] = yamlTime.exec(text) ?? [];
  const rewritten = `${day}T${clock}${zone}`;
  return day === undefined || Number.isNaN(Date.parse(rewritten)) ? undefined : rewritten;
}

/** The object with its times in the form the API server writes; a time that is none is left out, as if nobody had written it down. */
export function withPlainTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPlainTimes);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, field]: [string, unknown]) => {
      if (!pastTimes.has(key) && key !== 'deletionTimestamp') return [[key, withPlainTimes(field)]];
      const time = typeof field === 'string' ? toRfc3339(field) : undefined;
      return time === undefined ? [] : [[key, time]];
    }),
  );
}
