import type { Logger } from '#core/ports.ts';
import type { Activity } from '../activity.ts';
import type { Recorder } from '../recorder.ts';
import { fetchLog, type FetchLogDependencies } from './fetch-log.ts';
import type { LogRequest } from './log-request.ts';

export interface LogCounts {
  readonly taken: number;
  readonly missing: number;
}

/** Takes requests for logs without making anybody wait, and records what comes of them. */
export interface LogFetcher {
  request(request: LogRequest): void;
  counts(): LogCounts;
}

export interface LogFetcherDependencies extends FetchLogDependencies {
  readonly recorder: Recorder;
  readonly activity: Activity;
  readonly logger: Logger;
}

export function createLogFetcher(dependencies: LogFetcherDependencies): LogFetcher {
  const { recorder, activity, logger } = dependencies;
  let counts: LogCounts = { taken: 0, missing: 0 };

  async function fetch(request: LogRequest): Promise<void> {
    try {
      const log = await fetchLog(dependencies, request);
      if (log === undefined) return;
      counts = log.text === undefined ? { ...counts, missing: counts.missing + 1 } : { ...counts, taken: counts.taken + 1 };
      await recorder.record(log, { urgent: true });
    } catch (error) {
      const { namespace, pod, container } = request;
      logger.error('log-not-recorded', { namespace, pod, container, error: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    request: (request) => void activity.run(() => fetch(request)),
    counts: () => counts,
  };
}
