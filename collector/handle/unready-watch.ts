import type { Clock } from '#core/ports.ts';
import type { Activity } from '../activity.ts';
import type { UnreadyStretch } from '../detect/decide-pod-change.ts';
import type { PodMemories } from '../detect/pod-memories.ts';
import type { LogFetcher } from '../enrich/log-fetcher.ts';

/** A container that is still not ready this long after it started has something to say. */
const patienceMs = 30_000;

export interface UnreadyWatchDependencies {
  readonly memories: PodMemories;
  readonly logs: LogFetcher;
  readonly clock: Clock;
  readonly activity: Activity;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

/** Asks for the current log of a container when it has run for half a minute without being ready. */
export function createUnreadyWatch({ memories, logs, clock, activity, signal }: UnreadyWatchDependencies) {
  async function wait(podUid: string, stretch: UnreadyStretch): Promise<void> {
    await activity.idleWhile(clock.sleep(stretch.since + patienceMs - clock.now().getTime(), signal));
    if (signal.aborted) return;
    const instance = memories.takeUnready(podUid, stretch);
    if (instance !== undefined) logs.request({ purpose: 'current', ...instance });
  }

  return (podUid: string, stretch: UnreadyStretch): void => void activity.run(() => wait(podUid, stretch));
}
