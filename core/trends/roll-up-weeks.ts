import { compareText } from '../compare-text.ts';
import type { Image } from '../incident/incident.ts';
import type { Wait } from '../ledger/wait.ts';
import { day, second } from '../time/instant.ts';
import type { TrendSubject } from './trend.ts';
import { toRuns, weekOf, type TrendWeek } from './trend-week.ts';

/** What is counted of a death. Times are epoch milliseconds. */
export interface CountedDeath {
  readonly at: number;
  readonly container: string;
  readonly image: Image;
  readonly node?: string;
  readonly expected: boolean;
  readonly reason: string;
  readonly memoryDeath?: string;
  readonly cause?: string;
  readonly memoryLimit?: string;
  readonly livedSeconds?: number;
}

/** What is counted of a stretch in which a pod could not run. Times are epoch milliseconds. */
export interface CountedWait extends Pick<Wait, 'kind' | 'cause'> {
  readonly at: number;
  readonly until?: number;
  readonly container: string;
  readonly image: Image;
  readonly node?: string;
}

interface Counted {
  readonly of: TrendSubject;
  readonly at: number;
  readonly container: string;
  readonly image: Image;
  readonly lived: number;
  readonly detail: string;
  readonly limit: string;
  readonly node: string;
}

/** Sums a workload's deaths and waits by week and image; a death belongs to when it finished, a wait to when it began. */
export function rollUpWeeks(deaths: readonly CountedDeath[], waits: readonly CountedWait[]): readonly TrendWeek[] {
  const counted = [...deaths.flatMap(countDeath), ...waits.map(countWait)];
  const places = Map.groupBy(counted, ({ of, at, container, image }) =>
    JSON.stringify([of, weekOf(at), container, image.ref, image.digest]),
  );
  return [...places.values()].map(toWeek);
}

/** A death counts under several names; stops and completions under none. */
function countDeath(death: CountedDeath): readonly Counted[] {
  const { at, container, image, expected, reason, memoryDeath, cause, livedSeconds = -1, memoryLimit = '', node = '' } = death;
  if (expected) return [];
  const row = { at, container, image, lived: livedSeconds, limit: memoryLimit, node };
  const kind = memoryDeath ?? 'unexplained';
  return [
    { ...row, of: 'restarts', detail: cause ?? reason },
    ...(reason === 'OOMKilled' ? [{ ...row, of: 'oomkilled', detail: kind } as const] : []),
    ...(memoryDeath === undefined ? [] : [{ ...row, of: 'memory', detail: kind } as const]),
  ];
}

function countWait({ kind, cause, at, until, container, image, node = '' }: CountedWait): Counted {
  const lived = until === undefined ? -1 : Math.round((until - at) / second);
  return { of: kind, at, container, image, lived, detail: cause, limit: '', node };
}

function toWeek(rows: readonly Counted[]): TrendWeek {
  const [first] = rows;
  if (first === undefined) throw new RangeError('a week of nothing');
  const week = weekOf(first.at);
  const ordered = rows.toSorted(
    (a, b) =>
      a.at - b.at || compareText(a.detail, b.detail) || compareText(a.limit, b.limit) || compareText(a.node, b.node) || a.lived - b.lived,
  );
  const days = [0, 0, 0, 0, 0, 0, 0];
  for (const { at } of ordered) {
    const index = Math.floor((at - week) / day);
    days[index] = (days[index] ?? 0) + 1;
  }
  const { of, container, image } = first;
  return {
    of,
    week,
    container,
    image,
    days,
    columns: {
      at: ordered.map(({ at }) => (at - week) / second),
      lived: ordered.map(({ lived }) => lived),
      detail: toRuns(ordered.map(({ detail }) => detail)),
      limit: toRuns(ordered.map(({ limit }) => limit)),
      node: toRuns(ordered.map(({ node }) => node)),
    },
  };
}
