import type { WorkloadHistory } from '../history/workload-history.ts';
import { matchLogSignature, type LogSignatureMatch } from '../signatures/match-log-signature.ts';

/** By exit code and text: what crashes again and again says the same each time. Nothing but speed depends on it. */
type Readings = Map<string, LogSignatureMatch | undefined>;

const readingsOf = new WeakMap<WorkloadHistory, Readings>();

/** What a log of one attempt shows of why it ended, as {@link matchLogSignature} reads it; each text of a workload is read once. */
export function causeInLog(workload: WorkloadHistory, log: string | undefined, exitCode?: number): LogSignatureMatch | undefined {
  if (log === undefined) return undefined;
  const readings = readingsOf.get(workload) ?? new Map<string, LogSignatureMatch | undefined>();
  readingsOf.set(workload, readings);
  const key = `${exitCode ?? ''}\n${log}`;
  if (readings.has(key)) return readings.get(key);
  const found = matchLogSignature(log, exitCode === undefined ? {} : { exitCode });
  readings.set(key, found);
  return found;
}
