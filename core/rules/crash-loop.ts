import type { ContainerHistory } from '../history/container-history.ts';
import {
  deathsOf,
  decidingContainers,
  isCompletion,
  isStop,
  livedFor,
  phaseOfAttempt,
  wellAgain,
  type Death,
} from '../history/pod-facts.ts';
import { logOf } from '../history/log-of.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { describeDuration } from '../time/duration.ts';
import { exitCauseOf } from './exit-cause.ts';
import { citeDeath, citeLog, citeSpan } from './cite.ts';
import { placeOf } from './place-of.ts';
import { defineRule, type Sign } from './rule.ts';

export const crashLoop = defineRule({
  id: 'crash-loop',
  title: 'The container exited on its own',
  symptoms: ['CrashLoopBackOff', 'Error'],
  explains: ['readiness-probe-failed'],
  inspectFirst: ['previous logs', 'exit code', 'env', 'config', 'probes'],
  commonCauses: ['app exits', 'failed boot', 'missing config', 'bad migration', 'failing liveness probe'],
  productionRisk: 'repeated restarts, unstable service',
  advice: [
    'Read the exit reason and the previous log of the first death before looking at probes.',
    'Compare env and config of the owning workload with the last revision that ran.',
    'Fix the workload or its configuration; deleting the pod only repeats the attempt.',
  ],
  match: (pod, workload) => decidingContainers(pod).flatMap((container) => containerSigns(pod, workload, container)),
});

/** Ends that nobody observed: the kubelet or the runtime made up their exit codes. */
const invented = new Set(['ContainerStatusUnknown', 'RestartingAllContainers', 'Unknown']);
/** Ends of containers whose process never ran. */
const neverRan = new Set(['StartError', 'ContainerCannotRun']);

function containerSigns(pod: PodHistory, workload: WorkloadHistory, container: ContainerHistory): readonly Sign[] {
  const unexpected = deathsOf(container).filter((death) => !isStop(pod, death) && !isCompletion(pod, container, death));
  const exits = unexpected.filter((death) => {
    const reason = death.end.terminated.reason ?? '';
    return !invented.has(reason) && !neverRan.has(reason);
  });
  const loops = isLoop(container, unexpected.length);
  const signs = exits.map((death) => exitSign({ pod, workload, container, death, loops }));
  return signs.length > 0 || unexpected.length > 0 ? signs : backOffOnly(pod, container);
}

/** A second death in the same pod makes it a loop, seen or only counted. */
function isLoop(container: ContainerHistory, deaths: number): boolean {
  return deaths >= 2 || container.knownEnds >= 2 || container.spans.some((span) => span.reason === 'CrashLoopBackOff');
}

interface ExitCase {
  readonly pod: PodHistory;
  readonly workload: WorkloadHistory;
  readonly container: ContainerHistory;
  readonly death: Death;
  readonly loops: boolean;
}

function exitSign({ pod, workload, container, death, loops }: ExitCase): Sign {
  const { terminated, finishedAt } = death.end;
  const until = wellAgain(pod, container, death);
  const lived = livedFor(death);
  const log = logOf(workload, pod.uid, death);
  const found = exitCauseOf(death, log?.text);
  const after = lived === undefined ? '' : ` after ${describeDuration(lived)}`;
  return {
    symptom: loops ? 'CrashLoopBackOff' : 'Error',
    reason: terminated.reason ?? 'Error',
    phase: phaseOfAttempt(death),
    cause: found.cause,
    basis: found.basis,
    summary: `Container ${container.name} exited with code ${terminated.exitCode}${after}${found.text === undefined ? '; no record says why' : `: ${found.text}`}.`,
    ...placeOf(pod, container, death.status),
    from: finishedAt,
    lastAt: finishedAt,
    opensAt: finishedAt,
    deaths: [death.key],
    exitCode: terminated.exitCode,
    restartCount: death.index,
    evidence: [citeDeath(death), ...(log !== undefined && found.line !== undefined ? [citeLog(log, found.line)] : [])],
    ...(until === undefined ? {} : { until }),
  };
}

/** A back-off whose deaths no record shows: the loop is certain, its reason is not. */
function backOffOnly(pod: PodHistory, container: ContainerHistory): readonly Sign[] {
  const span = container.spans.find((item) => item.state === 'waiting' && item.reason === 'CrashLoopBackOff');
  if (span === undefined) return [];
  const until = container.spans.find((item) => item.from > span.from && item.state === 'running' && item.ready)?.from;
  return [
    {
      symptom: 'CrashLoopBackOff',
      reason: 'CrashLoopBackOff',
      phase: 'running',
      cause: 'unknown-app-exit',
      basis: 'derived',
      summary: `Container ${container.name} is restarted again and again; no record of its last end was seen.`,
      ...placeOf(pod, container, span.status),
      from: span.from,
      lastAt: span.from,
      opensAt: span.from,
      deaths: [],
      restartCount: span.status.restartCount ?? 0,
      evidence: [citeSpan(span)],
      ...(until === undefined ? {} : { until }),
    },
  ];
}
