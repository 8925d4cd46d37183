import type { Symptom } from '../../../incident/vocabulary.ts';
import type { ChapterFacts, DraftInput } from '../draft-input.ts';

/** Failures of a process that ran: until each of them its pod counted as ready, unless a probe said otherwise. */
export const endsWhileReady: ReadonlySet<Symptom> = new Set(['CrashLoopBackOff', 'Error', 'OOMKilled', 'LivenessProbeFailed']);

/** Work that runs to its end: nobody waits for it to be ready. */
export function isRun({ built: { workload } }: DraftInput): boolean {
  const { kind } = workload.key;
  const policy = workload.pods[0]?.latest.restartPolicy ?? 'Always';
  return kind === 'Job' || kind === 'CronJob' || (kind === 'Pod' && policy !== 'Always');
}

/** No container of the pod has a readiness probe: it counts as ready while its processes run. */
export function readyWithoutAsking({ pods }: ChapterFacts): boolean {
  const apps = pods[0]?.latest.containers.filter((container) => container.role === 'app' || container.role === 'sidecar') ?? [];
  return apps.length > 0 && apps.every((container) => container.readinessProbe === undefined);
}
