import { chooseTicks } from '#core/report/swimlane/choose-ticks.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { day, formatInstant } from '#core/time/instant.ts';
import type { Trend, TrendGroup, TrendMarker } from '#core/trends/trend.ts';
import { absoluteTime, dayText } from '../parts/moment.tsx';
import { layoutChart } from './layout-chart.ts';

interface TrendChartProps {
  readonly trend: Trend;
  readonly group: TrendGroup;
  readonly id: string;
  readonly name: string;
}

const plotHeight = 88;
const rowHeight = 15;

/** Counts over time with what was changed; the same stands beside it in words and numbers. */
export function TrendChart({ trend, group, id, name }: TrendChartProps) {
  const layout = layoutChart(trend, group);
  const top = layout.labelRows * rowHeight + 6;
  const from = Date.parse(trend.since);
  const until = Date.parse(trend.until);
  const { step, times } = chooseTicks(from, until, 6);
  return (
    <svg class="chart" role="img" aria-labelledby={`${id}-title ${id}-desc`} width="100%" height={top + plotHeight + 20}>
      <title id={`${id}-title`}>{`${name}: ${group.total} over time`}</title>
      <desc
        id={`${id}-desc`}
      >{`From ${dayText(from)} to ${dayText(until)}, at most ${layout.highest} in one bucket of ${trend.bucket}. ${layout.markers.length} changes are marked.`}</desc>
      <line class="axis" x1="0" x2="100%" y1={top + plotHeight} y2={top + plotHeight} />
      <svg y={top} width="100%" height={plotHeight} viewBox={`0 0 ${layout.buckets} ${layout.highest}`} preserveAspectRatio="none">
        <path class="bars" d={layout.bars} />
      </svg>
      <text class="chart-max" x="0" y={top + 10}>
        {layout.highest}
      </text>
      {layout.markers.map(({ x, labelRow, anchor, marker }) => (
        <g class={`marker marker-${marker.kind}`}>
          <title>{`${markerText(marker)}, ${absoluteTime(Date.parse(marker.at))} UTC. ${visibleLine(marker.summary, 300)}`}</title>
          <line x1={`${x}%`} x2={`${x}%`} y1={labelRow * rowHeight + 14} y2={top + plotHeight} />
          <text x={`${x}%`} y={labelRow * rowHeight + 11} text-anchor={anchor}>
            {markerText(marker)}
          </text>
        </g>
      ))}
      {times.map((at) => {
        const x = Math.round(((at - from) / Math.max(1, until - from)) * 10_000) / 100;
        return (
          <text class="tick" x={`${x}%`} y={top + plotHeight + 14} text-anchor={x < 5 ? 'start' : x > 95 ? 'end' : 'middle'}>
            {step >= day ? dayText(at).slice(0, -5) : formatInstant(at).slice(11, 16)}
          </text>
        );
      })}
    </svg>
  );
}

/** What was changed, short enough for a label. */
export function markerText({ kind, fromLimit, toLimit, toImage, revision }: TrendMarker): string {
  if (kind === 'limit-change') return `◆ ${visibleLine(fromLimit ?? 'none', 12)} → ${visibleLine(toLimit ?? 'none', 12)}`;
  const sign = kind === 'rollback' ? '↩' : '↑';
  return `${sign} ${visibleLine(toImage.tag ?? revision ?? kind, 16)}`;
}
