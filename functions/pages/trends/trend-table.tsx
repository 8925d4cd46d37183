import { visibleLine } from '#core/report/visible-text.ts';
import type { Trend } from '#core/trends/trend.ts';
import { Moment } from '../parts/moment.tsx';
import { ChangeBadge, kindsText, limitsText, rate, seconds } from './trend-card.tsx';
import { nameOfGroup } from './name-of-group.ts';

/** Every group of the page in numbers: the text alternative of the charts. */
export function TrendTable({ trend }: { readonly trend: Trend }) {
  return (
    <div class="scroll" role="group" aria-labelledby="all" tabindex={0}>
      <table>
        <thead>
          <tr>
            {[trend.by, 'Where', 'Change', 'In all', 'Per replica-day', 'Median time', 'Limits', 'Kinds', 'Last'].map((title) => (
              <th scope="col">{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {trend.items.map((group) => (
            <tr>
              <th scope="row">{nameOfGroup(group)}</th>
              <td>
                {[group.namespace, group.cluster]
                  .filter((part) => part !== undefined)
                  .map((part) => visibleLine(part, 120))
                  .join(' · ')}
              </td>
              <td>
                <ChangeBadge change={group.change} />
              </td>
              <td>{group.total}</td>
              <td>{group.perReplicaDay === undefined ? '' : rate(group.perReplicaDay)}</td>
              <td class="nowrap">{group.livedSeconds === undefined ? '' : seconds(group.livedSeconds.median)}</td>
              <td>{limitsText(group)}</td>
              <td>{kindsText(group)}</td>
              <td class="nowrap">
                <Moment at={Date.parse(group.lastAt)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
