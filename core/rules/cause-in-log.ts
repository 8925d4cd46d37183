import type { WorkloadHistory } from '../history/workload-history.ts';
import { matchLogSignature, type LogSignatureMatch } from '../signatures/match-log-signature.ts';
import { readOnce } from './read-once.ts';

const once = readOnce<LogSignatureMatch | undefined>();

/** What a log of one attempt shows of why it ended, as {@link matchLogSignature} reads it; each text of a workload is read once for an exit code. */
export function causeInLog(workload: WorkloadHistory, log: string | undefined, exitCode?: number): LogSignatureMatch | undefined {
  if (log === undefined) return undefined;
  return once(workload, `${exitCode ?? ''}\n${log}`, () => matchLogSignature(log, exitCode === undefined ? {} : { exitCode }));
}
