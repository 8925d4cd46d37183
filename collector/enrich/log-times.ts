import type { Terminated } from '#core/wire/container.ts';

const stamp = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?)\d*(Z|[+-]\d\d:\d\d)/;

/** Time of the first line of a log that was asked for with time stamps, epoch milliseconds; undefined for an empty one. */
export function firstLineAt(text: string): number | undefined {
  const match = stamp.exec(text.slice(0, 40));
  const at = match === null ? Number.NaN : Date.parse(`${match[1]}${match[2]}`);
  return Number.isNaN(at) ? undefined : at;
}

/**
 * Whose log a text is, by its first line: `own` began while the instance lived, `doubtful` in the second in which it ended or
 * the one after (the API gives whole seconds), `foreign` later: that is the log of its successor.
 */
export function ownerOfLog(text: string, terminated: Terminated): 'own' | 'doubtful' | 'foreign' {
  const first = firstLineAt(text);
  const finished = Date.parse(terminated.finishedAt ?? '');
  if (first === undefined || Number.isNaN(finished) || first < finished) return 'own';
  return first < finished + 2000 ? 'doubtful' : 'foreign';
}

/** True when a log that `previous=true` gave began within the life of the instance, and after the one before it had ended. */
export function beganWithin(text: string, terminated: Terminated, before: Terminated | undefined): boolean {
  const first = firstLineAt(text);
  const started = Date.parse(terminated.startedAt ?? '');
  if (first === undefined || Number.isNaN(started) || first < started) return false;
  const endOfOther = Date.parse(before?.finishedAt ?? '');
  return ownerOfLog(text, terminated) !== 'foreign' && (Number.isNaN(endOfOther) || first >= endOfOther + 1000);
}

/** The log as the program wrote it: the time stamps have told whose it is, and would make equal logs differ. */
export function withoutTimes(text: string): string {
  return text.replaceAll(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d) ?/gm, '');
}
