import type { ContainerHistory, ContainerSpan, Death } from '../history/container-history.ts';
import { isExpectedEnd } from '../history/expected-end.ts';
import { logOf } from '../history/log-of.ts';
import { decidingContainers, eventsOf, livedFor, phaseOfAttempt } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { describeDuration } from '../time/duration.ts';
import type { Instant } from '../time/instant.ts';
import { citeDeath, citeEvent, citeLog, citeSpan } from './cite.ts';
import { exitCauseOf } from './exit-cause.ts';
import { isInventedEnd } from './invented-end.ts';
import { deathFields } from './death-fields.ts';
import { placeOf } from './place-of.ts';
import type { Sign } from './rule.ts';

/** Ends of containers whose process never ran. */
const neverRan = new Set(['StartError', 'ContainerCannotRun']);

/** Deaths of processes that ran and that nobody wanted to end: one sign each. */
export function exitSigns(pod: PodHistory, workload: WorkloadHistory): readonly Sign[] {
  return decidingContainers(pod).flatMap((container) => containerSigns(pod, workload, container));
}

function containerSigns(pod: PodHistory, workload: WorkloadHistory, container: ContainerHistory): readonly Sign[] {
  const deaths = container.deaths;
  if (deaths.length === 0) return backOffOnly(pod, container);
  const unexpected = deaths.filter((death) => !isExpectedEnd(pod, container, death));
  const loops = isLoop(container, { deaths: unexpected.length, expected: deaths.length - unexpected.length });
  return unexpected
    .filter(({ end: { terminated } }) => !isInventedEnd(terminated) && !neverRan.has(terminated.reason ?? ''))
    .map((death) => exitSign({ pod, workload, container, death, loops }));
}

/** A second death in the same pod makes it a loop, seen or only counted; ends that were wanted do not count. */
function isLoop(container: ContainerHistory, { deaths, expected }: { readonly deaths: number; readonly expected: number }): boolean {
  return deaths >= 2 || container.knownEnds - expected >= 2 || container.spans.some((span) => span.reason === 'CrashLoopBackOff');
}

interface ExitCase {
  readonly pod: PodHistory;
  readonly workload: WorkloadHistory;
  readonly container: ContainerHistory;
  readonly death: Death;
  readonly loops: boolean;
}

function exitSign({ pod, workload, container, death, loops }: ExitCase): Sign {
  const { terminated } = death.end;
  const lived = livedFor(death);
  const log = logOf(workload, pod.uid, death);
  const found = exitCauseOf(pod, workload, death, log?.text);
  const after = lived === undefined ? '' : ` after ${describeDuration(lived)}`;
  return {
    symptom: loops ? 'CrashLoopBackOff' : 'Error',
    reason: terminated.reason ?? 'Error',
    phase: phaseOfAttempt(death),
    cause: found.cause,
    basis: found.basis,
    summary: `Container ${container.name} exited with code ${terminated.exitCode}${after}${found.text === undefined ? '; no record says why' : `: ${found.text}`}.`,
    ...deathFields(pod, container, death),
    evidence: [citeDeath(death), ...(log !== undefined && found.line !== undefined ? [citeLog(workload, log, found.line)] : [])],
  };
}

/** A back-off whose deaths no record shows: the loop is certain, its reason is not. */
function backOffOnly(pod: PodHistory, container: ContainerHistory): readonly Sign[] {
  const span = container.spans.find((item) => item.state === 'waiting' && item.reason === 'CrashLoopBackOff');
  if (span !== undefined) return [loopSign(pod, container, { span, evidence: [citeSpan(span)], from: span.from })];
  const restarts = container.status.restartCount ?? 0;
  const newest = container.spans.at(-1);
  const told = eventsOf(pod, container.name, 'BackOff').findLast((event) => event.message.startsWith('Back-off restarting failed'));
  if (newest === undefined || told === undefined || restarts === 0) return [];
  return [loopSign(pod, container, { span: newest, evidence: [citeEvent(told), citeSpan(newest)], from: told.firstAt })];
}

interface Loop {
  readonly span: ContainerSpan;
  readonly evidence: Sign['evidence'];
  readonly from: Instant;
}

function loopSign(pod: PodHistory, container: ContainerHistory, { span, evidence, from }: Loop): Sign {
  const until = container.spans.find((item) => item.from >= from && item.state === 'running' && item.ready)?.from;
  return {
    symptom: 'CrashLoopBackOff',
    reason: 'CrashLoopBackOff',
    phase: 'running',
    cause: 'unknown-app-exit',
    basis: 'derived',
    summary: `Container ${container.name} is restarted again and again; no record of its last end was seen.`,
    ...placeOf(pod, container, span.status),
    from,
    lastAt: from,
    opensAt: from,
    deaths: [],
    restartCount: span.status.restartCount ?? 0,
    evidence,
    ...(until === undefined ? {} : { until }),
  };
}
