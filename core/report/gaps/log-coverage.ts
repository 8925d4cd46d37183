import { logOf } from '../../history/log-of.ts';
import type { BuiltIncident } from '../../incident/build-incidents.ts';

/** The logs of processes that ran and died in an incident. */
export interface LogCoverage {
  readonly died: number;
  readonly kept: number;
  /** Why others are missing, in the API's own words, with how many of them. */
  readonly missing: ReadonlyMap<string, number>;
  /** How often each redaction rule replaced something. */
  readonly redactions: ReadonlyMap<string, number>;
}

export function logCoverage({ workload, group }: BuiltIncident): LogCoverage {
  const keys = new Set(group.signs.flatMap((sign) => sign.deaths));
  const missing = new Map<string, number>();
  const redactions = new Map<string, number>();
  let died = 0;
  let kept = 0;
  for (const pod of workload.pods) {
    for (const death of pod.containers.flatMap((container) => container.deaths)) {
      // A process that never ran has no log to miss.
      if (!keys.has(death.key) || death.startedAt === undefined) continue;
      died += 1;
      const log = logOf(workload, pod.uid, death);
      if (log?.text === undefined) add(missing, log?.missing?.reason ?? 'no log record arrived', 1);
      else kept += 1;
      for (const [rule, count] of Object.entries(log?.redactions ?? {})) add(redactions, rule, count);
    }
  }
  return { died, kept, missing, redactions };
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}
