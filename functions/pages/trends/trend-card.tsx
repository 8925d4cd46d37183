import { visibleLine } from '#core/report/visible-text.ts';
import { describeDuration } from '#core/time/duration.ts';
import type { Trend, TrendChange, TrendGroup } from '#core/trends/trend.ts';
import { EvidenceText } from '../parts/evidence-link.tsx';
import { Facts } from '../parts/facts.tsx';
import { TrendChart } from './trend-chart.tsx';

interface TrendCardProps {
  readonly trend: Trend;
  readonly group: TrendGroup;
  readonly id: string;
  readonly name: string;
}

const shownMarkers = 6;
const signs: Readonly<Record<TrendChange, string>> = { new: '●', worsening: '▲', steady: '=', improving: '▼', ended: '✓' };

/** One group: how much, which way it goes, and what each change did to it. */
export function TrendCard({ trend, group, id, name }: TrendCardProps) {
  const place = [group.workload?.kind, group.namespace, group.cluster]
    .filter((part) => part !== undefined)
    .map((part) => visibleLine(part, 120));
  return (
    <section class="trend-card" aria-labelledby={id}>
      <header class="page-head">
        <div>
          <h2 id={id}>{name}</h2>
          <span class="place">{place.join(' · ')}</span>
        </div>
        <ChangeBadge change={group.change} />
      </header>
      <Facts facts={factsOf(group)} />
      <TrendChart trend={trend} group={group} id={`${id}-chart`} name={name} />
      {group.markers.length === 0 ? null : (
        <ul class="markers">
          {group.markers.slice(-shownMarkers).map((marker) => (
            <li>
              {visibleLine(marker.summary, 300)} <EvidenceText id={marker.evidence} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

export function ChangeBadge({ change }: { readonly change: TrendChange }) {
  const tone = change === 'new' || change === 'worsening' ? 'open' : change === 'ended' || change === 'improving' ? 'recovered' : 'ended';
  return (
    <span class={`badge badge-${tone}`}>
      <span aria-hidden="true">{signs[change]}</span> {change}
    </span>
  );
}

function factsOf({ total, perReplicaDay, livedSeconds, limits, kinds }: TrendGroup): readonly (readonly [string, string])[] {
  return [
    ['In all', String(total)],
    ...(perReplicaDay === undefined ? [] : [['Per replica and day', rate(perReplicaDay)] as const]),
    ...(livedSeconds === undefined
      ? []
      : [['Lasted until then', `median ${seconds(livedSeconds.median)}, p90 ${seconds(livedSeconds.p90)}`] as const]),
    ...(limits.length === 0 ? [] : [['Memory limits', limitsText({ limits })] as const]),
    ['Kinds', kindsText({ kinds })],
  ];
}

export function limitsText({ limits }: Pick<TrendGroup, 'limits'>): string {
  return limits.map(({ limit, count }) => `${limit === undefined ? 'none' : visibleLine(limit, 20)} ×${count}`).join(', ');
}

export function kindsText({ kinds }: Pick<TrendGroup, 'kinds'>): string {
  return Object.entries(kinds)
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, 4)
    .map(([kind, count]) => `${visibleLine(kind, 60)} ×${count}`)
    .join(', ');
}

export function rate(value: number): string {
  return value === 0 ? '0' : value < 0.01 ? 'under 0.01' : value.toFixed(2);
}

export function seconds(value: number): string {
  return describeDuration(value * 1000);
}
