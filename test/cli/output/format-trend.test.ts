import { expect, test } from 'vitest';
import type { TrendGroup, Trend } from '#core/trends/trend.ts';
import { formatTrend } from '../../../cli/output/format-trend.ts';

function group(cluster: string): TrendGroup {
  const workload = { kind: 'Deployment', name: 'api' };
  const rate = { count: 14, days: 1, perDay: 14 };
  return {
    key: `${cluster}/shop/Deployment/api`,
    cluster,
    namespace: 'shop',
    workload,
    change: 'new',
    total: 14,
    counts: [14],
    firstAt: '2026-05-03T10:00:00Z',
    lastAt: '2026-05-03T12:00:00Z',
    kinds: { 'container-limit': 14 },
    limits: [],
    markers: [
      {
        at: '2026-05-03T12:00:00Z',
        kind: 'limit-change',
        cluster,
        namespace: 'shop',
        workload,
        container: 'app',
        toImage: { ref: 'api:1' },
        before: rate,
        after: rate,
        summary: '512Mi → 768Mi on 3 May',
        evidence: 'EV-1',
      },
    ],
  };
}

function trend(...clusters: readonly string[]): Trend {
  return {
    apiVersion: 'mortem.dev/v1',
    kind: 'Trend',
    of: 'oomkilled',
    by: 'workload',
    bucket: '1d',
    since: '2026-05-03T00:00:00Z',
    until: '2026-05-04T00:00:00Z',
    through: '2026-05-03T14:00:00Z',
    buckets: ['2026-05-03T00:00:00Z'],
    total: 14 * clusters.length,
    groups: clusters.length,
    items: clusters.map(group),
  };
}

test('a change names its cluster where several are shown, and only there', () => {
  const changes = (...clusters: readonly string[]) => formatTrend(trend(...clusters), { wide: false }).split('\n\n')[1];
  expect(changes('north')).toBe('shop/deploy/api app: 512Mi → 768Mi on 3 May');
  expect(changes('north', 'south')).toBe(
    'north/shop/deploy/api app: 512Mi → 768Mi on 3 May\nsouth/shop/deploy/api app: 512Mi → 768Mi on 3 May',
  );
});
