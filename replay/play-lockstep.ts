import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '#core/ports.ts';
import type { ApiServer } from './api-server.ts';
import type { ReplayClock } from './replay-clock.ts';
import type { ReplayScript, ReplayStep } from './replay-script.ts';

/**
 * Resolves when the observer has handled at least the line with that resourceVersion of every resource it watches
 * (`sent`: resource plural → resourceVersion), and has no request, log fetch or shipment in flight.
 * Waiting on the replay's clock is quiet.
 */
export type Quiet = (sent: ReadonlyMap<string, string>) => Promise<void>;

export interface Stage {
  readonly script: ReplayScript;
  readonly server: ApiServer;
  readonly clock: ReplayClock;
  /** Real time. */
  readonly wall: Clock;
}

/** Real milliseconds to wait for an observer that lost a watch to come back; one that was stopped never does. */
const comeBackMs = 1000;

/** As fast as the observer can follow: time moves only while the observer is quiet, so every run is the same run. */
export async function playLockstep({ script, server, clock, wall }: Stage, quiet: Quiet, signal: AbortSignal): Promise<void> {
  const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));

  async function settle(): Promise<void> {
    let asOf = -1;
    // A watch that opened meanwhile was given what it missed: that has to be handled too.
    while (!signal.aborted && (server.reaction.isPending() || asOf !== server.linesWritten())) {
      if (server.reaction.isPending()) await comeBack();
      asOf = server.linesWritten();
      await Promise.race([quiet(server.sent()), stopped]);
    }
  }

  async function comeBack(): Promise<void> {
    const back = new AbortController();
    await Promise.race([server.reaction.settled(), wall.sleep(comeBackMs, AbortSignal.any([signal, back.signal]))]);
    back.abort();
    server.reaction.giveUp();
  }

  async function reach(at: number): Promise<void> {
    while (!signal.aborted) {
      const wakeAt = clock.nextWakeAt();
      if (wakeAt === undefined || wakeAt.getTime() > at) break;
      clock.wakeNext();
      // The woken one must first get going: only then can it be seen to be busy.
      await nextTurn();
      await settle();
    }
    if (!signal.aborted) clock.advanceTo(new Date(at));
  }

  await settle();
  for (const step of script.steps) {
    await reach(step.at);
    if (signal.aborted) return;
    perform(server, step);
    await settle();
  }
  await reach(script.endAt.getTime());
  await settle();
}

export function perform(server: ApiServer, step: ReplayStep): void {
  if (step.kind === 'line') server.emit(step.entry);
  else server.cut(step.cut);
}
