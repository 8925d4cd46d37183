import { perform, type Stage } from './play-lockstep.ts';

/** At `times` the recorded speed, in real time; sleepers wake when their virtual time comes. */
export async function playPaced({ script, server, clock, wall }: Stage, times: number, signal: AbortSignal): Promise<void> {
  const from = clock.now().getTime();
  const begun = wall.now().getTime();
  clock.follow(() => from + (wall.now().getTime() - begun) * times);

  async function reach(at: number): Promise<void> {
    while (!signal.aborted) {
      const wakeAt = clock.nextWakeAt()?.getTime() ?? at;
      const due = Math.min(at, wakeAt);
      const left = (due - clock.now().getTime()) / times;
      if (left > 0) {
        const interrupted = new AbortController();
        await Promise.race([wall.sleep(left, AbortSignal.any([signal, interrupted.signal])), clock.nextSleep()]);
        interrupted.abort();
        continue;
      }
      clock.advanceTo(new Date(due));
      if (due === at) return;
    }
  }

  for (const step of script.steps) {
    await reach(step.at);
    if (signal.aborted) return;
    perform(server, step);
  }
  await reach(script.endAt.getTime());
}
