import type { Clock, Logger } from '#core/ports.ts';
import type { Activity } from '../activity.ts';
import type { Recorder } from '../recorder.ts';
import { deathLog, fetchLog, type FetchLogDependencies } from './fetch-log.ts';
import type { LogRequest } from './log-request.ts';
import { createLogSchedule } from './log-schedule.ts';

/** What became of the logs that were wanted, since the start. */
export interface LogCounts {
  readonly taken: number;
  readonly missing: number;
  /** Not asked for, because too many were wanted at once. */
  readonly skipped: number;
}

/** Takes requests for logs without making anybody wait, and records what comes of them. */
export interface LogFetcher {
  request(request: LogRequest): void;
  counts(): LogCounts;
  /** Requests that have not begun. */
  waiting(): number;
  /** Requests that found the queue full, since the last call; undefined for none. */
  takeSkipped(): SkippedLogs | undefined;
}

export interface SkippedLogs {
  /** Logs of deaths, each of which says so itself, and of containers that run. */
  readonly deaths: number;
  readonly running: number;
}

export interface LogFetcherDependencies extends FetchLogDependencies {
  readonly recorder: Recorder;
  readonly activity: Activity;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** See `LogScheduleOptions`. */
  readonly limits: { readonly concurrency: number; readonly perSecond: number; readonly bound: number };
}

export function createLogFetcher(dependencies: LogFetcherDependencies): LogFetcher {
  const { recorder, activity, logger, clock, signal, limits } = dependencies;
  let skipped: SkippedLogs = { deaths: 0, running: 0 };
  let counts: LogCounts = { taken: 0, missing: 0, skipped: 0 };

  async function fetch(request: LogRequest): Promise<void> {
    try {
      const log = await fetchLog(dependencies, request);
      if (log === undefined) return;
      counts = log.text === undefined ? { ...counts, missing: counts.missing + 1 } : { ...counts, taken: counts.taken + 1 };
      await recorder.record(log, { urgent: true });
    } catch (error) {
      notRecorded(request, error);
    }
  }

  async function skip(request: LogRequest): Promise<void> {
    counts = { ...counts, skipped: counts.skipped + 1 };
    if (request.purpose === 'current') {
      skipped = { ...skipped, running: skipped.running + 1 };
      return;
    }
    skipped = { ...skipped, deaths: skipped.deaths + 1 };
    const reason = `not asked for: more than ${limits.bound} logs were waiting`;
    try {
      await recorder.record(deathLog(request, { kind: 'missing', reason, passing: false }), { urgent: true });
    } catch (error) {
      notRecorded(request, error);
    }
  }

  function notRecorded({ namespace, pod, container }: LogRequest, error: unknown): void {
    logger.error('log-not-recorded', { namespace, pod, container, error: error instanceof Error ? error.message : String(error) });
  }

  const schedule = createLogSchedule({ ...limits, clock, activity, signal, fetch, skip });
  return {
    request: (request) => schedule.add(request),
    counts: () => counts,
    waiting: () => schedule.waiting(),
    takeSkipped() {
      const taken = skipped;
      skipped = { deaths: 0, running: 0 };
      return taken.deaths + taken.running > 0 ? taken : undefined;
    },
  };
}
