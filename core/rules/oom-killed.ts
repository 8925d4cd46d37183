import { decidingContainers, livedFor, memoryRequestOf, phaseOfAttempt } from '../history/pod-facts.ts';
import { isStop } from '../history/expected-end.ts';
import type { ContainerHistory, Death } from '../history/container-history.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import type { Basis } from '../incident/vocabulary.ts';
import { citeDeath, citeEvent } from './cite.ts';
import { limitInForce, systemOomNear } from './memory-evidence.ts';
import { deathFields } from './death-fields.ts';
import { defineRule, type Sign } from './rule.ts';
import { describeDuration } from '../time/duration.ts';

export const oomKilled = defineRule({
  scope: 'pod',
  id: 'oom-killed',
  title: 'A process of the container was killed for memory',
  symptoms: ['OOMKilled'],
  explains: ['crash-loop', 'job-failed', 'liveness-probe-failed', 'readiness-probe-failed', 'startup-probe-failed'],
  inspectFirst: ['last state', 'memory limit', 'metrics', 'traffic pattern'],
  commonCauses: ['limit too low', 'memory leak', 'large request payloads', 'unbounded cache'],
  productionRisk: 'process killed, in-memory work lost',
  advice: [
    'Measure the peak of this image before raising the limit: a leak reaches any limit.',
    'Compare limit and request with what the previous image needed; look for heap settings above the limit.',
    'Change the limit or the code in the owning workload, not in the pod.',
  ],
  match: (pod, workload) =>
    decidingContainers(pod).flatMap((container) =>
      container.deaths
        .filter((death) => death.end.terminated.reason === 'OOMKilled' && !isStop(pod, death))
        .map((death) => oomSign(pod, workload, container, death)),
    ),
});

function oomSign(pod: PodHistory, workload: WorkloadHistory, container: ContainerHistory, death: Death): Sign {
  const { terminated, finishedAt } = death.end;
  const { cause, basis, text } = memoryCause(pod, workload, death);
  const systemOom = systemOomNear(pod, workload, finishedAt);
  const lived = livedFor(death);
  return {
    symptom: 'OOMKilled',
    reason: 'OOMKilled',
    phase: phaseOfAttempt(death),
    cause,
    basis,
    summary: `Container ${container.name} was OOMKilled (exit code ${terminated.exitCode})${lived === undefined ? '' : ` ${describeDuration(lived)} after its start`}; ${text}.`,
    detail: describeMemory(pod, death),
    ...deathFields(pod, container, death),
    evidence: [citeDeath(death), ...(systemOom === undefined ? [] : [citeEvent(systemOom)])],
  };
}

/** OOMKilled says: some process of this cgroup was killed for memory during this attempt. Which limit, and whether it was PID 1, is told apart here. */
function memoryCause(pod: PodHistory, workload: WorkloadHistory, death: Death): { cause: string; basis: Basis; text: string } {
  const { exitCode } = death.end.terminated;
  if (exitCode !== 137) {
    return {
      cause: 'oom-child',
      basis: 'derived',
      text: `exit code ${exitCode} is not a SIGKILL, so another process of the container was the one killed`,
    };
  }
  const limit = limitInForce(pod, death);
  if (limit !== undefined) return { cause: 'oom-container-limit', basis: 'observed', text: `memory limit in force ${limit}` };
  if (systemOomNear(pod, workload, death.end.finishedAt) !== undefined) {
    return { cause: 'oom-node', basis: 'observed', text: 'no memory limit is set and the node reported SystemOOM' };
  }
  return { cause: 'oom-node', basis: 'hypothesis', text: 'no memory limit is set, which points at the memory of the node' };
}

function describeMemory(pod: PodHistory, death: Death): string {
  return `memory limit ${limitInForce(pod, death) ?? 'none'}, request ${memoryRequestOf(death) ?? 'none'}`;
}
