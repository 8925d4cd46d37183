import type { Clock } from '#core/ports.ts';
import type { SourceState } from '../watch/resource-source.ts';

/** How long ago each source was last seen with another version than before. */
export interface WatchAges {
  look(sources: readonly SourceState[]): void;
  /** As of the last look. */
  secondsOf(source: SourceState): number;
}

/** A source does not say when it moved on, so it is compared at each look: what is not looked at needs no number. */
export function createWatchAges(clock: Clock): WatchAges {
  const seen = new Map<string, { readonly version: string | undefined; readonly since: number }>();
  let lookedAt = clock.now().getTime();

  return {
    look(sources) {
      lookedAt = clock.now().getTime();
      for (const source of sources) {
        const version = source.resourceVersion;
        const before = seen.get(keyOf(source));
        if (before === undefined || before.version !== version) seen.set(keyOf(source), { version, since: lookedAt });
      }
    },
    secondsOf: (source) => (lookedAt - (seen.get(keyOf(source))?.since ?? lookedAt)) / 1000,
  };
}

function keyOf({ resource, namespace = '' }: SourceState): string {
  return `${resource} ${namespace}`;
}
