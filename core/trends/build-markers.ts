import type { Image } from '../incident/incident.ts';
import type { RolloutRecord } from '../ledger/rollout-record.ts';
import { formatInstant, hour, type Instant } from '../time/instant.ts';
import { describeMarker } from './describe-marker.ts';
import type { TrendMarker } from './trend.ts';

const day = 24 * hour;
/** Of a group; changes of the limit and rollbacks stay, of the others the newest. */
const maxMarkers = 30;

/** One death or wait, as far as a marker asks. */
export interface TrendEntry {
  readonly at: Instant;
  readonly container: string;
  readonly image: Image;
  readonly memoryLimit?: string;
}

interface Span {
  readonly since: Instant;
  /** End of the window, or of the data where that comes first. */
  readonly until: Instant;
}

/**
 * The rollouts that fall into a window, with what was counted before and after each: until the neighbouring change of the same
 * sort, or the edge of the window. A death after a change that still had the old limit, or the old image, counts as before.
 *
 * @param rollouts of the workloads the entries are of, any order
 */
export function buildMarkers(rollouts: readonly RolloutRecord[], entries: readonly TrendEntry[], span: Span): readonly TrendMarker[] {
  const counted = new Set(entries.map(({ container }) => container));
  const markers = [...Map.groupBy(rollouts, placeOf).values()].flatMap((rows) => {
    const ordered = rows
      .filter(({ container }) => counted.has(container))
      .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.evidence < b.evidence ? -1 : 1));
    const changes = ordered.filter((row) => row.from !== undefined);
    const own = entries.filter(({ container }) => container === rows[0]?.container);
    return (
      changes
        .filter(({ at }) => Date.parse(at) >= span.since && Date.parse(at) < span.until)
        // Before its first revision was seen nobody can say that nothing happened.
        .map((row) => toMarker(row, changes, own, { ...span, since: Math.max(span.since, Date.parse(ordered[0]?.at ?? row.at)) }))
    );
  });
  return mostTelling(markers).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.evidence < b.evidence ? -1 : 1));
}

function placeOf({ cluster, namespace, workload, container }: RolloutRecord): string {
  return JSON.stringify([cluster, namespace, workload.kind, workload.name, container]);
}

function mostTelling(markers: readonly TrendMarker[]): readonly TrendMarker[] {
  if (markers.length <= maxMarkers) return markers;
  const weight = ({ kind }: TrendMarker) => (kind === 'limit-change' ? 0 : kind === 'rollback' ? 1 : 2);
  return markers.toSorted((a, b) => weight(a) - weight(b) || Date.parse(b.at) - Date.parse(a.at)).slice(0, maxMarkers);
}

function toMarker(row: RolloutRecord, changes: readonly RolloutRecord[], entries: readonly TrendEntry[], span: Span): TrendMarker {
  const at = Date.parse(row.at);
  const same = changes.filter((other) => changesLimit(other) === changesLimit(row)).map((other) => Date.parse(other.at));
  const from = Math.max(span.since, ...same.filter((time) => time < at));
  const to = Math.min(span.until, ...same.filter((time) => time > at));
  const isBefore = (entry: TrendEntry) => entry.at < at || isLeftOver(entry, row);
  const near = entries.filter((entry) => entry.at >= from && entry.at < to);
  const { cluster, namespace, workload, container, evidence, revision, memoryLimit, memoryLimitFrom } = row;
  const marker: Omit<TrendMarker, 'summary'> = {
    at: formatInstant(at),
    kind: changesLimit(row) && !changesImage(row) ? 'limit-change' : row.kind,
    cluster,
    namespace,
    workload,
    container,
    toImage: row.to,
    before: rate(near.filter(isBefore), at - from),
    after: rate(
      near.filter((entry) => !isBefore(entry)),
      to - at,
    ),
    evidence,
    ...(revision === undefined ? {} : { revision }),
    ...(row.from === undefined ? {} : { fromImage: row.from }),
    ...(memoryLimitFrom === undefined ? {} : { fromLimit: memoryLimitFrom }),
    ...(memoryLimit === undefined ? {} : { toLimit: memoryLimit }),
  };
  return { ...marker, summary: describeMarker(marker, span.until) };
}

function changesLimit({ memoryLimit, memoryLimitFrom }: RolloutRecord): boolean {
  return memoryLimit !== memoryLimitFrom;
}

function changesImage({ from, to }: RolloutRecord): boolean {
  return from?.ref !== to.ref || from.digest !== to.digest;
}

/** Old pods live on for a while beside the new ones. */
function isLeftOver({ memoryLimit, image }: TrendEntry, row: RolloutRecord): boolean {
  if (changesImage(row)) return image.digest === row.from?.digest && image.ref === row.from?.ref;
  return changesLimit(row) && memoryLimit === row.memoryLimitFrom;
}

/** A stretch of less than a day counts as one: four deaths in a minute are not thousands a day. */
function rate(entries: readonly TrendEntry[], lengthMs: number): TrendMarker['before'] {
  const count = entries.length;
  const days = lengthMs / day;
  return { count, days: Number(days.toFixed(6)), perDay: Number((count / Math.max(1, days)).toFixed(2)) };
}
