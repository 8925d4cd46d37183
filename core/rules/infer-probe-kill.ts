import { probeCause } from '../causes/probe-cause.ts';
import type { EventRecord } from '../history/event-record.ts';
import type { Death } from '../history/container-history.ts';
import { eventsOf, livedFor } from '../history/pod-facts.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { second } from '../time/instant.ts';
import type { Probe } from '../wire/container.ts';
import { causeInLog } from './cause-in-log.ts';
import { specOf } from './probe-cause-of.ts';

export type KillingProbe = 'liveness' | 'startup';

/** How a process ends that is told to stop: by the signal itself, or of its own accord when it hears it. */
const killedCodes = new Set([0, 130, 137, 143]);
const defaultGrace = 30;

/**
 * The failed probe behind a kill whose own event the spam filter swallowed: enough failures in the life of the attempt, an end
 * within the grace period after them, an exit code of a stop, and no fatal line of its own in the log.
 */
export function inferProbeKill({
  pod,
  workload,
  death,
  probe,
  log,
}: {
  pod: PodHistory;
  workload: WorkloadHistory;
  death: Death;
  probe: KillingProbe;
  log: string | undefined;
}): EventRecord | undefined {
  const { exitCode, reason } = death.end.terminated;
  const spec = specOf(death.status, probe);
  const lived = livedFor(death);
  if (spec === undefined || lived === undefined || reason === 'OOMKilled' || !killedCodes.has(exitCode)) return undefined;
  if (lived < soonestKill(spec) || diedOfItself(workload, log, exitCode)) return undefined;
  const failures = eventsOf(pod, death.status.name, 'Unhealthy').filter((event) => {
    const parsed = probeCause(event.message);
    return parsed?.probe === probe && parsed.kind === 'failed';
  });
  // Each text is an event of its own; what counts to the threshold is all of them.
  if (failures.reduce((sum, event) => sum + event.count, 0) < (spec.failureThreshold ?? 3)) return undefined;
  return failures.find((event) => fallsBeforeKill(event, death, spec, pod));
}

/** The threshold is reached at the last of `failureThreshold` periods; the first probe runs at once after the delay. */
function soonestKill(spec: Probe): number {
  return ((spec.initialDelaySeconds ?? 0) + ((spec.failureThreshold ?? 3) - 1) * (spec.periodSeconds ?? 10)) * second - second;
}

/** The process said itself why it ended; that somebody else is down does not end it. */
function diedOfItself(workload: WorkloadHistory, log: string | undefined, exitCode: number): boolean {
  const cause = causeInLog(workload, log, exitCode)?.cause;
  return cause !== undefined && !/^(?:dep|db)-/.test(cause);
}

/** A failure in the attempt's life, no longer before its end than one period and the grace of the kill. */
function fallsBeforeKill(event: EventRecord, death: Death, spec: Probe, pod: PodHistory): boolean {
  const grace = spec.terminationGracePeriodSeconds ?? pod.latest.terminationGracePeriodSeconds ?? defaultGrace;
  const { finishedAt } = death.end;
  const period = (spec.periodSeconds ?? 10) * second;
  const from = Math.max(death.startedAt ?? 0, finishedAt - grace * second - period - 2 * second);
  return event.occurrences.some((at) => at >= from && at <= finishedAt + second);
}
