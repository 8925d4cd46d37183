import { attemptKey, type ContainerHistory, type ContainerSpan } from '../history/container-history.ts';
import type { EventRecord } from '../history/event-record.ts';
import { isStop } from '../history/expected-end.ts';
import type { Death } from '../history/container-history.ts';
import { decidingContainers } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import { stretchesOf, type Stretch } from '../history/stretch.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Phase, Symptom } from '../incident/vocabulary.ts';
import { second } from '../time/instant.ts';
import { citeDeath, citeEvent, citeSpan } from './cite.ts';
import { timeStretch } from './onset.ts';
import { placeOf } from './place-of.ts';
import type { Sign } from './rule.ts';

/** A way in which the start of a container fails before it counts as started. */
export interface StartClass {
  readonly symptom: Symptom;
  readonly phase: Phase;
  readonly isReason: (waitingReason: string) => boolean;
  readonly isFailedStart: (pod: PodHistory, container: ContainerHistory, death: Death) => boolean;
  /** Events that report such a failure, where it has events of its own. */
  readonly events?: (pod: PodHistory, container: ContainerHistory) => readonly EventRecord[];
  /** @param texts what ends and waiting messages say, newest first */
  readonly judge: (name: string, texts: readonly string[]) => Pick<Sign, 'cause' | 'basis' | 'summary' | 'quote'>;
}

/** Hooks and failed starts open at the second try or after this long (design: "When something is an incident"). */
const patience = 10 * second;

/** One sign for each stretch of failed starts, whatever the waiting is called at the moment: the reason alternates with CrashLoopBackOff. */
export function startSigns(pod: PodHistory, workload: WorkloadHistory, startClass: StartClass): readonly Sign[] {
  return decidingContainers(pod).flatMap((container) => {
    const failed = container.deaths.filter((death) => !isStop(pod, death) && startClass.isFailedStart(pod, container, death));
    const keys = new Set(failed.map((death) => death.key));
    return stretchesOf(pod, container, (span) => isFailing(span, startClass, keys)).map((stretch) =>
      startSign({ pod, workload, container, stretch, failed, startClass }),
    );
  });
}

function isFailing({ state, reason = '', status }: ContainerSpan, { isReason }: StartClass, failed: ReadonlySet<string>): boolean {
  if (state === 'running') return false;
  if (state === 'waiting' && isReason(reason)) return true;
  const end = status.state?.terminated ?? (reason === 'CrashLoopBackOff' ? status.lastState?.terminated : undefined);
  return end !== undefined && failed.has(attemptKey(end));
}

interface Case {
  readonly pod: PodHistory;
  readonly workload: WorkloadHistory;
  readonly container: ContainerHistory;
  readonly stretch: Stretch;
  readonly failed: readonly Death[];
  readonly startClass: StartClass;
}

function startSign({ pod, workload, container, stretch, failed, startClass }: Case): Sign {
  const { from, until = Infinity } = stretch;
  const deaths = failed.filter((death) => death.end.seenAt >= from && death.end.seenAt <= until);
  const newest = stretch.spans.at(-1) ?? stretch.spans[0];
  const waiting = stretch.spans.find((span) => startClass.isReason(span.reason ?? '')) ?? stretch.spans[0];
  const last = deaths.at(-1);
  return {
    symptom: startClass.symptom,
    reason: waiting.reason ?? startClass.symptom,
    phase: startClass.phase,
    ...startClass.judge(container.name, textsOf(deaths, stretch)),
    ...placeOf(pod, container, newest.status),
    deaths: deaths.map((death) => death.key),
    restartCount: newest.status.restartCount ?? 0,
    evidence: [citeSpan(waiting), ...deaths.map(citeDeath), ...(startClass.events?.(pod, container) ?? []).map(citeEvent)],
    ...(last === undefined ? {} : { exitCode: last.end.terminated.exitCode }),
    ...timeStretch(stretch, workload, {
      began: deaths[0]?.end.finishedAt,
      patience,
      secondTry: deaths[1]?.end.finishedAt,
      lastTry: deaths.at(-1)?.end.finishedAt,
    }),
  };
}

function textsOf(deaths: readonly Death[], stretch: Stretch): readonly string[] {
  const ends = deaths.toReversed().map((death) => death.end.terminated.message ?? '');
  // The message of a back-off only repeats names.
  const waits = stretch.spans
    .filter((span) => span.reason !== 'CrashLoopBackOff')
    .toReversed()
    .map((span) => span.status.state?.waiting?.message ?? '');
  return [...ends, ...waits].filter((text) => text !== '');
}
