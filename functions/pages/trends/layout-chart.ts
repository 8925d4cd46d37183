import type { Trend, TrendGroup, TrendMarker } from '#core/trends/trend.ts';

/** Bars in units of buckets and counts, which the picture stretches to its frame; markers in percent of its width. */
export interface ChartLayout {
  readonly buckets: number;
  /** Of the tallest bar; at least 1. */
  readonly highest: number;
  /** One path for all bars: a year of days is 365 of them. */
  readonly bars: string;
  readonly markers: readonly {
    readonly x: number;
    readonly labelRow: number;
    readonly anchor: 'start' | 'middle' | 'end';
    readonly marker: TrendMarker;
  }[];
  readonly labelRows: number;
}

const labelRows = 3;
/** Percent: nearer labels would lie upon each other. */
const labelGap = 18;
/** A pipeline that rolls out every hour draws no picture of lines alone. */
const maxMarkers = 24;

/** Where bars and markers of one group lie. */
export function layoutChart(
  { since, until }: Pick<Trend, 'since' | 'until'>,
  { counts, markers }: Pick<TrendGroup, 'counts' | 'markers'>,
): ChartLayout {
  const highest = Math.max(1, ...counts);
  const from = Date.parse(since);
  const length = Math.max(1, Date.parse(until) - from);
  const lastX = Array.from({ length: labelRows }, () => -Infinity);
  const placed = markers.slice(-maxMarkers).flatMap((marker) => {
    const x = Math.round(((Date.parse(marker.at) - from) / length) * 10_000) / 100;
    if (x < 0 || x > 100) return [];
    const free = lastX.findIndex((last) => x - last >= labelGap);
    const labelRow = free === -1 ? labelRows - 1 : free;
    lastX[labelRow] = x;
    const anchor = x < 10 ? ('start' as const) : x > 90 ? ('end' as const) : ('middle' as const);
    return [{ x, labelRow, anchor, marker }];
  });
  return {
    buckets: counts.length,
    highest,
    bars: counts.map((count, index) => (count === 0 ? '' : `M${index + 0.1} ${highest}v${-count}h.8v${count}z`)).join(''),
    markers: placed,
    labelRows: placed.length === 0 ? 0 : Math.max(...placed.map(({ labelRow }) => labelRow)) + 1,
  };
}
