import { toWorkloadHistory } from '#core/history/workload-history.ts';
import { findSigns } from '#core/rules/find-signs.ts';
import { rules } from '#core/rules/registry.ts';
import type { Observation } from '#core/wire/observation.ts';
import { instant, key } from '../../support/build-observations.ts';

/** What the rules make of some observations, reduced to what a table can compare. `now` is in seconds. */
export function signsOf(observations: readonly Observation[], now = 3600) {
  const { primary } = findSigns(toWorkloadHistory({ key, observations, now: instant(now) }), rules);
  return primary.map(({ rule, symptom, phase, cause, basis, container, from, until, opensAt, deaths }) => ({
    rule,
    symptom,
    phase,
    cause,
    basis,
    container: container?.name,
    from: seconds(from),
    until: until === undefined ? undefined : seconds(until),
    opens: opensAt === undefined ? undefined : seconds(opensAt),
    deaths: deaths.length,
  }));
}

function seconds(at: number): number {
  return (at - instant(0)) / 1000;
}
