import { startFunction, type RunningFunction } from './start-function.ts';
import type { Outcome } from './runtime-api.ts';

export interface UnreliableFunction {
  invoke(event: unknown): Promise<Outcome>;
  /** How often an instance was taken away while it worked. */
  readonly kills: () => number;
  close(): Promise<void>;
}

export interface Unreliability {
  /** Instances that are killed at most, so that a test ends. */
  readonly maxKills: number;
  /** Milliseconds from the event to the kill; `undefined` lets this one live. */
  readonly nextKill: () => number | undefined;
}

/** A function whose instance now and then dies in the middle of an event; the next event starts another, as on Lambda. */
export async function startUnreliable(
  name: string,
  env: Readonly<Record<string, string>>,
  { maxKills, nextKill }: Unreliability,
): Promise<UnreliableFunction> {
  let instance: Promise<RunningFunction> = startFunction(name, env);
  let kills = 0;
  await instance;
  return {
    async invoke(event) {
      const running = await instance;
      const after = kills < maxKills ? nextKill() : undefined;
      const outcome = running.invoke(event);
      if (after === undefined) return outcome;
      const killed = await Promise.race([outcome.then(() => false), delay(after).then(() => true)]);
      if (!killed) return outcome;
      kills += 1;
      await running.kill();
      instance = startFunction(name, env);
      return outcome;
    },
    kills: () => kills,
    close: async () => (await instance).kill(),
  };
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms));
}
