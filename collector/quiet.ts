import type { Activity } from './activity.ts';
import { isNewer } from './watch/compare-versions.ts';
import type { SourceState } from './watch/resource-source.ts';

export interface QuietDependencies {
  readonly activities: readonly Activity[];
  readonly sources: () => readonly SourceState[];
}

/**
 * Waits until every source has handled at least the line of that version (`sent`: resource plural → resourceVersion of the last
 * line written to its watches), first lists are done, and nothing is in flight. Waiting for the clock is quiet.
 */
export function createQuiet({ activities, sources }: QuietDependencies): (sent: ReadonlyMap<string, string>) => Promise<void> {
  const isQuiet = (sent: ReadonlyMap<string, string>): boolean =>
    activities.every((activity) => activity.isIdle()) && sources().every((source) => isAtRest(source, sources(), sent));

  return async (sent) => {
    for (;;) {
      await turnOfTheLoop();
      // Twice, because what a clock or a socket has just set going takes a turn to say that it works.
      if (isQuiet(sent)) {
        await turnOfTheLoop();
        if (isQuiet(sent)) return;
      } else {
        await Promise.race(activities.map((activity) => activity.changed()));
      }
    }
  };
}

/** A line went to one namespace's watch of a resource; the others never see it. */
function isAtRest(source: SourceState, all: readonly SourceState[], sent: ReadonlyMap<string, string>): boolean {
  if (source.phase !== 'open') return source.phase === 'waiting' || source.phase === 'refused' || source.phase === 'stopped';
  const wanted = sent.get(source.resource);
  if (wanted === undefined) return true;
  return all.some(({ resource, resourceVersion = '0' }) => resource === source.resource && !isNewer(wanted, resourceVersion));
}

function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
