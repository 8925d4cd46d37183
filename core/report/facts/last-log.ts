import { logOf } from '../../history/log-of.ts';
import type { WorkloadHistory } from '../../history/workload-history.ts';
import type { BuiltChapter } from '../../incident/build-chapters.ts';
import { isUnexplained } from '../../incident/unexplained.ts';
import type { Instant } from '../../time/instant.ts';
import type { LogObservation } from '../../wire/log.ts';
import { visibleText } from '../visible-text.ts';

/** Where no rule tells the cause, how the newest log with something in it ends is the nearest that the records come to one. */
export function lastLogOf(workload: WorkloadHistory, { chapter, signs }: BuiltChapter): LogObservation | undefined {
  if (!isUnexplained(chapter.cause)) return undefined;
  const uids = new Set(signs.map((sign) => sign.podUid));
  const keys = new Set(signs.flatMap((sign) => sign.deaths));
  let last: { readonly at: Instant; readonly log: LogObservation } | undefined;
  for (const pod of workload.pods) {
    if (!uids.has(pod.uid)) continue;
    for (const death of pod.containers.flatMap((container) => container.deaths)) {
      const log = keys.has(death.key) ? logOf(workload, pod.uid, death) : undefined;
      if (log?.text === undefined || log.text.trim() === '') continue;
      if (last === undefined || death.end.finishedAt > last.at) last = { at: death.end.finishedAt, log };
    }
  }
  return last?.log;
}

/** The last line with something in it, of a log that may be a megabyte. */
export function lastLine(text: string): string | undefined {
  const line = visibleText(text.slice(-4000)).trimEnd().split('\n').at(-1)?.trim();
  return line === '' ? undefined : line;
}
