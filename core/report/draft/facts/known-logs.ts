import type { Death } from '../../../history/pod-facts.ts';
import { logOf } from '../../../history/log-of.ts';
import type { PodHistory } from '../../../history/pod-history.ts';
import type { LogObservation } from '../../../wire/log.ts';
import { logFingerprint } from '../../log-fingerprint.ts';
import { visibleText } from '../../visible-text.ts';
import type { DraftInput } from '../draft-input.ts';

/** What is kept of the logs of one failing container. */
export interface KnownLogs {
  readonly pod: PodHistory;
  readonly container: string;
  /** Deaths of processes that ran, in order. */
  readonly deaths: readonly Death[];
  /** Their logs with text. */
  readonly kept: readonly LogObservation[];
  /** In how many different ways these logs end. */
  readonly endings: number;
  /** Why others are missing, in the API's own words. */
  readonly missing: readonly string[];
}

/** The logs of ended instances, one entry for each failing container that ended, oldest first. */
export function knownLogs({ built, chapters }: DraftInput): readonly KnownLogs[] {
  const pods = new Map(chapters.flatMap((facts) => facts.pods.map((pod) => [pod.uid, pod] as const)));
  const deaths = new Set(chapters.flatMap((facts) => facts.deaths));
  return [...pods.values()].flatMap((pod) =>
    pod.containers.flatMap((container) => {
      const own = container.attempts.filter((attempt): attempt is Death => attempt.startedAt !== undefined && deaths.has(attempt as Death));
      if (own.length === 0) return [];
      const logs = own.map((death) => logOf(built.workload, pod.uid, death));
      const kept = logs.filter((log) => log?.text !== undefined).filter((log) => log !== undefined);
      return [
        {
          pod,
          container: container.name,
          deaths: own,
          kept,
          endings: new Set(kept.map((log) => logFingerprint(log.text) ?? '')).size,
          missing: logs.filter((log) => log?.text === undefined).map((log) => log?.missing?.reason ?? 'no log record arrived'),
        },
      ];
    }),
  );
}

/** The last line with something in it, of a log that may be a megabyte. */
export function lastLine(text: string): string | undefined {
  const line = visibleText(text.slice(-4000)).trimEnd().split('\n').at(-1)?.trim();
  return line === '' ? undefined : line;
}
