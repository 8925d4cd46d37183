import type { CoverageObservation } from '#core/wire/coverage.ts';
import type { Draft } from '#core/wire/observation.ts';
import { unwatched } from './coverage.ts';
import { longGapMs } from './known/long-gap.ts';
import type { SourceState } from './watch/resource-source.ts';

/** What a process that ends now leaves unwatched: where nothing outlives it, no later list is compared with what it knew. */
export function openGaps(collector: string, sources: readonly SourceState[], now: Date): Draft<CoverageObservation>[] {
  return sources.flatMap(({ resource, namespace, phase, upToDateAt: from }) =>
    resource === 'pods' && phase !== 'open' && from !== undefined && now.getTime() - from.getTime() > longGapMs
      ? [unwatched(collector, { resource, namespace, from, to: now })]
      : [],
  );
}
