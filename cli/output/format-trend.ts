import { shortImage } from '#core/incident/image.ts';
import { objectName } from '#core/report/object-name.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { describeDuration } from '#core/time/duration.ts';
import type { Trend, TrendGroup, TrendGrouping } from '#core/trends/trend.ts';
import { formatTable } from './print-table.ts';
import { sparkline, type SparklineStyle } from './sparkline.ts';

export interface TrendLook {
  readonly wide: boolean;
  /** No column of bars without it. */
  readonly bars?: SparklineStyle | undefined;
}

const shownMarkers = 3;

const placeColumns: Readonly<Record<TrendGrouping, readonly (readonly [header: string, cell: (group: TrendGroup) => string])[]>> = {
  workload: [
    ['NAMESPACE', ({ namespace = '-' }) => namespace],
    ['WORKLOAD', workloadOf],
  ],
  container: [
    ['NAMESPACE', ({ namespace = '-' }) => namespace],
    ['WORKLOAD', workloadOf],
    ['CONTAINER', ({ container = '-' }) => container],
  ],
  image: [['IMAGE', ({ image }) => (image === undefined ? '-' : shortImage(image))]],
  namespace: [['NAMESPACE', ({ namespace = '-' }) => namespace]],
  node: [['NODE', ({ node = '' }) => (node === '' ? '-' : node)]],
  cluster: [],
};

/** `mortem trends`: one line a group, and below it what changed, with what was counted before and after. */
export function formatTrend({ by, items }: Trend, { wide, bars }: TrendLook): string {
  const several = wide || by === 'cluster' || new Set(items.map(({ cluster }) => cluster)).size > 1;
  const columns: readonly (readonly [string, (group: TrendGroup) => string])[] = [
    ...(several && by !== 'image' ? [['CLUSTER', ({ cluster = '-' }: TrendGroup) => cluster] as const] : []),
    ...placeColumns[by],
    ['CHANGE', ({ change }) => change],
    ['TOTAL', ({ total }) => String(total)],
    ['PER REPLICA-DAY', ({ perReplicaDay }) => (perReplicaDay === undefined ? '-' : String(perReplicaDay))],
    ['LIVED (MEDIAN, P90)', livedOf],
    ['LIMITS', limitsOf],
    ['LAST', ({ lastAt }) => lastAt],
    ...(wide
      ? ([
          ['FIRST', ({ firstAt }: TrendGroup) => firstAt],
          ['KINDS', kindsOf],
        ] as const)
      : []),
    ...(bars === undefined ? [] : [['TREND', ({ counts }: TrendGroup) => sparkline(counts, bars)] as const]),
  ];
  const table = formatTable(
    columns.map(([header]) => header),
    items.map((group) => columns.map(([, cell]) => cell(group))),
  );
  const changes = items.flatMap((group) => changesOf(group, { wide, several }));
  return changes.length === 0 ? table : `${table}\n\n${changes.join('\n')}`;
}

function workloadOf({ workload }: TrendGroup): string {
  return workload === undefined ? '-' : objectName(workload.kind, workload.name);
}

function livedOf({ livedSeconds }: TrendGroup): string {
  if (livedSeconds === undefined) return '-';
  return `${describeDuration(livedSeconds.median * 1000)}, ${describeDuration(livedSeconds.p90 * 1000)}`;
}

function limitsOf({ limits }: TrendGroup): string {
  return limits.length === 0 ? '-' : limits.map(({ limit, count }) => `${limit ?? 'none'}: ${count}`).join(', ');
}

function kindsOf({ kinds }: TrendGroup): string {
  return Object.entries(kinds)
    .map(([kind, count]) => `${kind}: ${count}`)
    .join(', ');
}

/** Limit changes and rollbacks before plain rollouts; all of them when asked for more. */
function changesOf(
  { cluster = '', namespace = '', markers, workload }: TrendGroup,
  { wide, several }: { readonly wide: boolean; readonly several: boolean },
): readonly string[] {
  const weight = ({ kind }: TrendGroup['markers'][number]) => (kind === 'limit-change' ? 0 : kind === 'rollback' ? 1 : 2);
  const told = wide ? markers : markers.toSorted((a, b) => weight(a) - weight(b) || (a.at < b.at ? 1 : -1)).slice(0, shownMarkers);
  // As in the table: the same names run in many clusters.
  const name = `${several ? `${cluster}/` : ''}${namespace}/${workload === undefined ? '' : objectName(workload.kind, workload.name)}`;
  return told
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .map(({ container, summary }) => visibleLine(`${name} ${container}: ${summary}`, 400));
}
