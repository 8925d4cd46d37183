import type { PodReading } from '../enrich/read-pod.ts';
import type { LogAnswer } from '../enrich/judge-log-answer.ts';

const reason = 'logs are switched off for this collector (--no-logs)';

/** Stands in for the requests of the log fetcher: each death says why it has no log, and nothing is asked of the API. */
export const withoutLogs = {
  requestLog: (): Promise<LogAnswer> => Promise.resolve({ kind: 'missing', reason, passing: false }),
  readPod: (): Promise<PodReading> => Promise.resolve({ kind: 'failed', reason }),
};
