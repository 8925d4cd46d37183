import type { BuiltIncident } from '#core/incident/build-incidents.ts';
import type { Incident } from '#core/incident/incident.ts';
import { describeDuration, between } from '#core/time/duration.ts';
import { Facts } from '../parts/facts.tsx';
import { Moment } from '../parts/moment.tsx';
import type { View } from '../view.ts';

interface IncidentFactsProps {
  readonly incident: Incident;
  readonly view: View;
  readonly built?: BuiltIncident;
}

/** When, how long, how much, and how well it was seen. */
export function IncidentFacts({ incident, view, built }: IncidentFactsProps) {
  const { coverage, recoveredAt, status } = incident;
  const onset = Date.parse(incident.onsetAt);
  const over = recoveredAt === undefined ? built?.group.endedAt : Date.parse(recoveredAt);
  const deaths = incident.chapters.reduce((sum, { terminations }) => sum + terminations, 0);
  const missed = coverage.terminationsKnown - coverage.terminationsSeen;
  const lowest = built === undefined ? undefined : lowestReady(built);
  return (
    <Facts
      facts={[
        ['Onset', <Moment at={onset} now={view.now} />],
        [status === 'ended' ? 'Ended' : 'Recovered', over === undefined ? 'not yet' : <Moment at={over} now={view.now} />],
        [
          'Lasted',
          over === undefined
            ? `${describeDuration(between(onset, built?.workload.now ?? view.now))} so far`
            : describeDuration(between(onset, over)),
        ],
        ['Deaths', deaths === 0 ? 'none' : `${deaths} of container instances`],
        ...(lowest === undefined ? [] : [['Fewest ready', lowest] as const]),
        [
          'Captured',
          <span class={missed > 0 ? 'warning' : ''}>
            {missed > 0 ? '⚠ ' : ''}
            {coverage.terminationsSeen} of {coverage.terminationsKnown} deaths
            {coverage.gaps.length === 0 ? '' : ', '}
            {coverage.gaps.length === 0 ? null : <a href="#gaps">{coverage.gaps.length} gaps</a>}
          </span>,
        ],
      ]}
    />
  );
}

function lowestReady({ health, group, workload }: BuiltIncident): string | undefined {
  const end = group.recoveredAt ?? group.endedAt ?? workload.now;
  const during = health.filter(({ at, wanted }) => at >= group.onsetAt && at <= end && (wanted ?? 0) > 0);
  const lowest = during.toSorted((a, b) => a.ready / (a.wanted ?? 1) - b.ready / (b.wanted ?? 1))[0];
  return lowest?.wanted === undefined ? undefined : `${lowest.ready} of ${lowest.wanted} replicas`;
}
