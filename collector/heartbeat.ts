import type { Clock } from '#core/ports.ts';
import type { Activity } from './activity.ts';
import { heartbeat, logsSkipped, redacted, spoolDropped, spoolInMemory } from './coverage.ts';
import type { LogFetcher } from './enrich/log-fetcher.ts';
import type { KnownPods } from './known/known-pods.ts';
import type { Recorder } from './recorder.ts';
import type { Spool } from './spool/spool.ts';
import type { SourceState } from './watch/resource-source.ts';

export interface HeartbeatDependencies {
  readonly collector: string;
  readonly recorder: Recorder;
  readonly spool: Spool;
  readonly known?: KnownPods | undefined;
  readonly logs: Pick<LogFetcher, 'takeSkipped'>;
  readonly sources: () => readonly SourceState[];
  readonly clock: Clock;
  readonly activity: Activity;
}

/** Says at start, every minute and at drain what is watched, and what was redacted or given up since. */
export interface Heartbeat {
  run(signal: AbortSignal): Promise<void>;
  /** One more, now. */
  beat(): Promise<void>;
}

const intervalMs = 60_000;

export function createHeartbeat({ collector, recorder, spool, known, logs, sources, clock, activity }: HeartbeatDependencies): Heartbeat {
  let since = clock.now();
  let degradedBefore: string | undefined;

  async function beat(): Promise<void> {
    const now = clock.now();
    const period = { from: since, to: now };
    since = now;
    const counts = recorder.takeRedactions();
    if (Object.keys(counts).length > 0) await recorder.record(redacted(collector, counts, period));
    const skipped = logs.takeSkipped();
    if (skipped !== undefined) await recorder.record(logsSkipped(collector, skipped, period));
    const dropped = spool.takeDropped();
    if (dropped !== undefined) await recorder.record(spoolDropped(collector, dropped));
    const { degraded } = spool.size();
    if (degraded !== undefined && degraded !== degradedBefore) await recorder.record(spoolInMemory(collector, degraded, now));
    degradedBefore = degraded;
    await recorder.record(heartbeat(collector, sources(), now));
    await known?.stillHere();
  }

  async function loop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await beat();
      await activity.idleWhile(clock.sleep(intervalMs, signal));
    }
  }

  return { beat, run: (signal) => activity.run(() => loop(signal)) };
}
