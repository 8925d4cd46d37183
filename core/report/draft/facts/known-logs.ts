import type { Death } from '../../../history/container-history.ts';
import { logOf } from '../../../history/log-of.ts';
import type { PodHistory } from '../../../history/pod-history.ts';
import type { ContainerStatus } from '../../../wire/container.ts';
import type { LogObservation } from '../../../wire/log.ts';
import { logFingerprint } from '../../log-fingerprint.ts';
import type { DraftInput } from '../draft-input.ts';

/** What is kept of the logs of one failing container, in all its pods. */
export interface KnownLogs {
  readonly container: string;
  /** The pod of its newest end. */
  readonly pod: PodHistory;
  /** `kubectl logs --previous` answers only where an instance came after the ended one, or is waited for. */
  readonly restarted: boolean;
  /** How many processes ran and ended. */
  readonly ended: number;
  /** Their logs with text, oldest first. */
  readonly kept: readonly LogObservation[];
  /** In how many different ways these logs end. */
  readonly endings: number;
  /** Why others are missing, in the API's own words. */
  readonly missing: readonly string[];
}

interface Ended {
  readonly pod: PodHistory;
  readonly container: string;
  readonly death: Death;
  readonly log: LogObservation | undefined;
  /** The container in the newest state of its pod. */
  readonly status: ContainerStatus;
}

/** The logs of ended instances, one entry for each failing container that ended, in order of its first end. */
export function knownLogs(input: DraftInput): readonly KnownLogs[] {
  const ends = endedInstances(input).toSorted(
    (a, b) => a.death.end.finishedAt - b.death.end.finishedAt || (a.death.key < b.death.key ? -1 : 1),
  );
  return [...Map.groupBy(ends, (item) => item.container)].flatMap(([container, own]) => {
    const newest = own.at(-1);
    if (newest === undefined) return [];
    const kept = own.flatMap(({ log }) => (log?.text === undefined ? [] : [log]));
    return [
      {
        container,
        pod: newest.pod,
        restarted: newest.status.lastState?.terminated !== undefined,
        ended: own.length,
        kept,
        endings: endingsOf(kept),
        missing: own.flatMap(({ log }) => (log?.text === undefined ? [log?.missing?.reason ?? 'no log record arrived'] : [])),
      },
    ];
  });
}

/** Most logs of a crash loop are the same text: only different ones are worth a fingerprint. */
function endingsOf(logs: readonly LogObservation[]): number {
  const texts = new Set(logs.map((log) => log.text));
  return new Set([...texts].map((text) => logFingerprint(text) ?? '')).size;
}

/** A process that never ran has no log to miss. */
function endedInstances({ built, chapters }: DraftInput): readonly Ended[] {
  const deaths = new Set(chapters.flatMap((facts) => facts.deaths));
  const pods = new Set(chapters.flatMap((facts) => facts.pods));
  return [...pods].flatMap((pod) =>
    pod.containers.flatMap((container) =>
      container.deaths
        .filter((death) => death.startedAt !== undefined && deaths.has(death))
        .map((death) => ({ pod, container: container.name, status: container.status, death, log: logOf(built.workload, pod.uid, death) })),
    ),
  );
}
