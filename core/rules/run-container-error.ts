import { startFailureCause } from '../causes/start-failure-cause.ts';
import type { ContainerHistory, ContainerSpan } from '../history/container-history.ts';
import { deathsOf, decidingContainers, isStop, stretchesOf, type Death, type Stretch } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { second } from '../time/instant.ts';
import { citeDeath, citeSpan } from './cite.ts';
import { timeStretch } from './onset.ts';
import { placeOf } from './place-of.ts';
import { defineRule, type Sign } from './rule.ts';

/** What the runtimes write when the process never ran: containerd, and dockershim or cri-dockerd. */
const startErrors = new Set(['StartError', 'ContainerCannotRun']);
const patience = 10 * second;

export const runContainerError = defineRule({
  id: 'run-container-error',
  title: 'The runtime could not start the process of the container',
  symptoms: ['RunContainerError'],
  explains: ['crash-loop', 'readiness-probe-failed'],
  inspectFirst: ['events', 'command and args', 'mounts', 'node'],
  commonCauses: ['executable not in the image', 'not executable', 'wrong architecture', 'a directory mounted over a file'],
  productionRisk: 'container never starts',
  advice: [
    'Compare command and args of the owning workload with what the image contains; no application log can exist.',
    'Check mounts that hide the executable, and the working directory.',
    'Fix the command or the image in the owning workload.',
  ],
  match: (pod, workload) =>
    decidingContainers(pod).flatMap((container) =>
      stretchesOf(pod, container, (span) => neverRan(span)).map((stretch) => startSign(pod, workload, container, stretch)),
    ),
});

/** Waiting after a failed start, whatever the waiting is called at the moment: RunContainerError and CrashLoopBackOff alternate. */
function neverRan(span: ContainerSpan): boolean {
  if (span.state === 'running') return false;
  if (span.reason === 'RunContainerError' || span.reason === 'PreStartHookError') return true;
  const { state, lastState } = span.status;
  const end = state?.terminated ?? (span.reason === 'CrashLoopBackOff' ? lastState?.terminated : undefined);
  return startErrors.has(end?.reason ?? '');
}

function startSign(pod: PodHistory, workload: WorkloadHistory, container: ContainerHistory, stretch: Stretch): Sign {
  const deaths = failedStarts(pod, container, stretch);
  const newest = stretch.spans.at(-1) ?? stretch.spans[0];
  const waiting = stretch.spans.find((span) => span.reason === 'RunContainerError') ?? stretch.spans[0];
  const last = deaths.at(-1);
  return {
    symptom: 'RunContainerError',
    reason: waiting.reason ?? 'RunContainerError',
    phase: 'container-start',
    ...judgeStart(container.name, textsOf(deaths, stretch)),
    ...placeOf(pod, container, newest.status),
    deaths: deaths.map((death) => death.key),
    restartCount: newest.status.restartCount ?? 0,
    evidence: [citeSpan(waiting), ...deaths.map(citeDeath)],
    ...(last === undefined ? {} : { exitCode: last.end.terminated.exitCode }),
    ...timeStretch(stretch, workload, { began: deaths[0]?.end.finishedAt, patience, secondTry: deaths[1]?.end.finishedAt }),
  };
}

function failedStarts(pod: PodHistory, container: ContainerHistory, stretch: Stretch): readonly Death[] {
  const { from, until = Infinity } = stretch;
  return deathsOf(container).filter(
    (death) =>
      startErrors.has(death.end.terminated.reason ?? '') && !isStop(pod, death) && death.end.seenAt >= from && death.end.seenAt <= until,
  );
}

/** What the runtime said, newest first. */
function textsOf(deaths: readonly Death[], stretch: Stretch): readonly string[] {
  const ends = deaths.toReversed().map((death) => death.end.terminated.message ?? '');
  const waits = stretch.spans.toReversed().map((span) => span.status.state?.waiting?.message ?? '');
  return [...ends, ...waits].filter((text) => text !== '');
}

function judgeStart(name: string, texts: readonly string[]): Pick<Sign, 'cause' | 'basis' | 'summary' | 'quote'> {
  const found = texts.map((text) => startFailureCause(text)).find((verdict) => verdict !== undefined);
  const said = found?.matched ?? texts[0];
  return {
    cause: found?.cause ?? 'unexplained',
    basis: found === undefined ? 'derived' : 'observed',
    summary: `Container ${name} could not be started: ${said ?? 'no record says why'}.`,
    ...(said === undefined ? {} : { quote: said }),
  };
}
