import type { Clock } from '#core/ports.ts';

/** A signal that aborts after `ms` unless it is cancelled before. */
export interface Deadline {
  readonly signal: AbortSignal;
  cancel(): void;
}

export function startDeadline(clock: Clock, ms: number): Deadline {
  const passed = new AbortController();
  const cancelled = new AbortController();
  void expire();

  /** A sleep ends by time or by the cancelling; only one of them is the deadline. */
  async function expire(): Promise<void> {
    await clock.sleep(ms, cancelled.signal);
    if (!cancelled.signal.aborted) passed.abort();
  }

  return { signal: passed.signal, cancel: () => cancelled.abort() };
}
