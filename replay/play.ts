import { MortemError } from '#core/errors.ts';
import type { Clock } from '#core/ports.ts';
import { startApiServer, type ApiServer } from './api-server.ts';
import type { FaultHook } from './fault.ts';
import { kubeconfigFor } from './kubeconfig.ts';
import { playLockstep, type Quiet } from './play-lockstep.ts';
import { playPaced } from './play-paced.ts';
import type { Recording } from './recording.ts';
import { createReplayClock } from './replay-clock.ts';
import { replayScript, scriptFrom } from './replay-script.ts';
import type { MeasureMemory } from './usage-endpoint.ts';
import { wallClock } from './wall-clock.ts';

/** `lockstep`: as fast as the observer can follow, the same every time. `times`: 1 is the recorded speed. */
export type Pace = 'lockstep' | { readonly times: number };

export interface ReplayOptions {
  /** At least one; several are merged by time. */
  readonly recordings: readonly Recording[];
  readonly pace: Pace;
  /** Required for `lockstep`. */
  readonly quiet?: Quiet;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  readonly fault?: FaultHook;
  /** Begins in the middle, as an API server that was started again then: what was before has happened. */
  readonly restartedAt?: Date;
  /** See `ApiServerOptions`. */
  readonly measure?: MeasureMemory;
  /** Real time, for a pace; tests bring their own. */
  readonly wall?: Clock;
}

/** A replayed cluster that stands at its first moment until `play`. */
export interface Replay {
  readonly url: string;
  /** The observer's clock: everything it waits for, it must wait for here. */
  readonly clock: Clock;
  /** JSON (thus YAML) text of a kubeconfig for `url`. */
  readonly kubeconfig: string;
  /** Resolves at the end of the recordings, or early on abort or `close`. Watches stay open until `close`. */
  play(signal?: AbortSignal): Promise<void>;
  close(): Promise<void>;
  /** Ends as an API server does after a SIGTERM: no new connection, and the open watches end cleanly. */
  shutDown(): Promise<void>;
}

/**
 * Serves the recordings as a Kubernetes API on the loopback interface.
 * @throws {MortemError} `usage` for no recording, a pace that is not positive, lockstep without `quiet`; `conflict` for a taken port
 */
export async function startReplay(options: ReplayOptions): Promise<Replay> {
  const { recordings, pace, quiet, wall = wallClock, restartedAt } = options;
  if (recordings.length === 0) throw new MortemError('usage', 'there is nothing to replay: name at least one recording');
  const whole = replayScript(recordings);
  const script = restartedAt === undefined ? whole : scriptFrom(whole, restartedAt);
  const clock = createReplayClock(script.startAt);
  const playWith = player(pace, quiet);
  const server = await startApiServer({
    recordings,
    clock,
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.fault === undefined ? {} : { fault: options.fault }),
    ...(restartedAt === undefined ? {} : { restartedAt }),
    ...(options.measure === undefined ? {} : { measure: options.measure }),
  });
  for (const entry of script.existing) server.seed(entry);
  const closing = new AbortController();

  return {
    url: server.url,
    clock: observerClock(clock, server),
    kubeconfig: kubeconfigFor(server.url),
    play: (signal) =>
      playWith({ script, server, clock, wall }, signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal])),
    close() {
      closing.abort();
      return server.close();
    },
    shutDown() {
      closing.abort();
      return server.shutDown();
    },
  };
}

function player(pace: Pace, quiet: Quiet | undefined): (stage: Parameters<typeof playLockstep>[0], signal: AbortSignal) => Promise<void> {
  if (pace !== 'lockstep') {
    if (!(pace.times > 0))
      throw new MortemError('usage', `the pace must be a positive number of times the recorded speed, not ${pace.times}`);
    return (stage, signal) => playPaced(stage, pace.times, signal);
  }
  if (quiet === undefined) throw new MortemError('usage', 'a replay in lockstep needs `quiet`, or it cannot know when to go on');
  return (stage, signal) => playLockstep(stage, quiet, signal);
}

function observerClock(clock: Clock, server: ApiServer): Clock {
  return {
    now: () => clock.now(),
    sleep(ms, signal) {
      const slept = clock.sleep(ms, signal);
      server.reaction.slept();
      return slept;
    },
  };
}
