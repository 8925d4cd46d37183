import type { Clock } from '#core/ports.ts';
import type { Activity } from '../activity.ts';
import { startDeadline, type Deadline } from '../deadline.ts';
import { linkSignals } from '../link-signals.ts';
import { knowsVersion } from './knows-version.ts';
import type { KubernetesApi } from './kubernetes-api.ts';
import type { WatchReading } from './read-watch.ts';
import { watchOnce, type GoodLine } from './watch-once.ts';

export interface CatchUpOptions {
  readonly api: KubernetesApi;
  readonly path: string;
  /** Where the earlier process came to. */
  readonly from: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly activity: Activity;
  readonly reading: WatchReading;
}

/** `done`: what the server still had was handled. `expired`: it had nothing any more. `set-back`: it never had that version. */
export type CatchUpEnd = 'done' | 'expired' | 'set-back' | 'failed';

/** What a server still has, it sends at once: after so long without a line that was all. */
const quietMs = 1000;
const longestSeconds = 60;

/**
 * Watches what happened while no process did, each change of it and not only its result; the list that follows finds what is
 * missing. Never throws.
 */
export async function catchUp(options: CatchUpOptions, handle: (line: GoodLine) => Promise<void>): Promise<CatchUpEnd> {
  const { api, path, from, clock, signal } = options;
  const enough = new AbortController();
  const stop = linkSignals(signal, enough.signal);
  let quiet: Deadline | undefined;

  function waitOn(): void {
    quiet?.cancel();
    quiet = startDeadline(clock, quietMs);
    quiet.signal.addEventListener('abort', () => enough.abort(), { once: true });
  }

  try {
    if (!(await knowsVersion(api, path, { version: from, signal }))) return 'set-back';
    const end = await watchOnce(
      { ...options, signal: stop.signal, timeoutSeconds: longestSeconds },
      {
        opened: waitOn,
        async line(line) {
          quiet?.cancel();
          await handle(line);
          waitOn();
        },
      },
    );
    if (end.kind === 'expired') return 'expired';
    return end.kind === 'ended' || enough.signal.aborted ? 'done' : 'failed';
  } catch {
    // A server that cannot be reached now is listed when it can be, and told of by the list.
    return 'failed';
  } finally {
    quiet?.cancel();
    stop.release();
  }
}
