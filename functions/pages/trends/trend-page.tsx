import type { Trend } from '#core/trends/trend.ts';
import { dayText } from '../parts/moment.tsx';
import { Notice } from '../parts/notice.tsx';
import { Layout } from '../shell/layout.tsx';
import type { View } from '../view.ts';
import { nameOfGroup } from './name-of-group.ts';
import { TrendCard } from './trend-card.tsx';
import { TrendForm } from './trend-form.tsx';
import { trendNames } from './trend-names.ts';
import { TrendTable } from './trend-table.tsx';

interface TrendPageProps {
  readonly view: View;
  readonly trend: Trend;
  readonly parameters: Readonly<Record<string, string>>;
  readonly next?: string;
}

/** Charts of those at the top of the list; the table has them all. */
const shownCharts = 6;

/** How often, where, at which limit and on which image; what is new or worsening comes first. */
export function TrendPage({ view, trend, parameters, next }: TrendPageProps) {
  const name = trendNames[trend.of];
  return (
    <Layout title={`${name} by ${trend.by}`} view={view} current="trends">
      <h1>{name}</h1>
      <TrendForm trend={trend} parameters={parameters} />
      <p class="count" role="status">
        {Date.parse(trend.through) === 0
          ? 'No data yet.'
          : `${trend.total} in ${trend.groups} ${trend.groups === 1 ? 'group' : 'groups'}, ${dayText(Date.parse(trend.since))} to ${dayText(Date.parse(trend.until))}, UTC`}
      </p>
      {trend.items.length === 0 ? (
        <Notice
          title={trend.of === 'oomkilled' ? 'Nothing was killed for memory in this time.' : 'Nothing of this kind was seen in this time.'}
        >
          <p>
            Take a longer time, or look at <a href="/status">status</a> for what could not be seen.
          </p>
        </Notice>
      ) : (
        <>
          <div class="trend-cards">
            {trend.items.slice(0, shownCharts).map((group, index) => (
              <TrendCard trend={trend} group={group} id={`trend-${index + 1}`} name={nameOfGroup(group)} />
            ))}
          </div>
          <h2 id="all">All of them</h2>
          <TrendTable trend={trend} />
        </>
      )}
      {next === undefined ? null : (
        <p class="pager">
          <a class="button" href={next} rel="next">
            More groups
          </a>
        </p>
      )}
    </Layout>
  );
}
