import type { CoverageObservation } from '#core/wire/coverage.ts';
import type { Draft } from '#core/wire/observation.ts';
import { compact } from './trim/compact.ts';
import type { Refusal } from './watch/read-body.ts';
import type { ListSummary, SourceState } from './watch/resource-source.ts';

type CoverageDraft = Draft<CoverageObservation>;

/** What is watched, and from which version on nothing was missed. Moves data time on when the cluster is quiet. */
export function heartbeat(collector: string, sources: readonly SourceState[], now: Date): CoverageDraft {
  const watches = sources
    .filter(({ phase }) => phase !== 'refused')
    .map(({ resource, namespace, resourceVersion }) => compact({ resource, namespace, resourceVersion }));
  return { kind: 'coverage', collector, note: 'heartbeat', ...moment(now), watches: watches.slice(0, 512) };
}

/** A resource the API does not allow or does not have, in the API's own words. */
export function forbidden(
  collector: string,
  source: { readonly resource: string; readonly namespace?: string },
  told: { refusal: Refusal; now: Date },
): CoverageDraft {
  const { refusal, now } = told;
  return { kind: 'coverage', collector, note: 'forbidden', ...moment(now), ...source, reason: refusal.message.slice(0, 16_384) };
}

/** A list after a gap: what changed in between was seen only by its result. */
export function relist(
  collector: string,
  source: { readonly resource: string; readonly namespace?: string },
  list: ListSummary & { readonly gapSince: Date; readonly now: Date; readonly gone: number },
): CoverageDraft {
  const { gapSince, now, objects, gone } = list;
  return {
    kind: 'coverage',
    collector,
    note: 'relist',
    from: gapSince.toISOString(),
    to: now.toISOString(),
    ...source,
    counts: { listed: objects, gone },
  };
}

export function redacted(
  collector: string,
  counts: Readonly<Record<string, number>>,
  period: { readonly from: Date; readonly to: Date },
): CoverageDraft {
  return {
    kind: 'coverage',
    collector,
    note: 'redacted',
    from: period.from.toISOString(),
    to: period.to.toISOString(),
    counts: { ...counts },
  };
}

/** Observations the spool had no room for. */
export function spoolDropped(collector: string, dropped: number, period: { readonly from: Date; readonly to: Date }): CoverageDraft {
  const counts = { dropped };
  return { kind: 'coverage', collector, note: 'spool-dropped', from: period.from.toISOString(), to: period.to.toISOString(), counts };
}

function moment(now: Date): { from: string; to: string } {
  return { from: now.toISOString(), to: now.toISOString() };
}
