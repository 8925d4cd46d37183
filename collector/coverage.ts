import type { CoverageObservation } from '#core/wire/coverage.ts';
import type { Draft } from '#core/wire/observation.ts';
import type { SkippedLogs } from './enrich/log-fetcher.ts';
import type { Dropped } from './spool/drop-ledger.ts';
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

/** A time in which nobody watched: a list shows what is, and restarts and the gone only of what was known before. */
export function unwatched(
  collector: string,
  gap: { readonly resource: string; readonly namespace: string | undefined; readonly from: Date; readonly to: Date },
): CoverageDraft {
  const { resource, namespace, from, to } = gap;
  const reason = `nobody watched: ${resource} that came and went in this time were not seen`;
  const period = { from: from.toISOString(), to: to.toISOString() };
  return { kind: 'coverage', collector, note: 'watch-gap', ...period, resource, ...(namespace !== undefined && { namespace }), reason };
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

/** Observations the spool had no room for, by kind. */
export function spoolDropped(collector: string, { from, to, counts }: Dropped): CoverageDraft {
  const reason = 'the spool was full: what is told last and least was given up';
  return { kind: 'coverage', collector, note: 'spool-dropped', from, to, reason, counts: { ...counts } };
}

/** Logs that were not asked for, because too many were wanted at once. */
export function logsSkipped(collector: string, skipped: SkippedLogs, period: { readonly from: Date; readonly to: Date }): CoverageDraft {
  const reason = `${skipped.deaths + skipped.running} logs were not asked for: too many were wanted at once`;
  const [from, to] = [period.from.toISOString(), period.to.toISOString()];
  return { kind: 'coverage', collector, note: 'log-skipped', from, to, reason, counts: { ...skipped } };
}

/** The disk takes nothing more: lines are in memory only, and end with the process. */
export function spoolInMemory(collector: string, fault: string, now: Date): CoverageDraft {
  const reason = `the spool's disk fails, new lines are held in memory only: ${fault}`.slice(0, 16_384);
  return { kind: 'coverage', collector, note: 'spool-dropped', ...moment(now), reason, counts: {} };
}

function moment(now: Date): { from: string; to: string } {
  return { from: now.toISOString(), to: now.toISOString() };
}
