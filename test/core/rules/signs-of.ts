import { toWorkloadHistory } from '#core/history/workload-history.ts';
import { findSigns } from '#core/rules/find-signs.ts';
import { rules } from '#core/rules/registry.ts';
import type { FoundSign } from '#core/rules/rule.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import type { Observation } from '#core/wire/observation.ts';
import { instant, key } from '../../support/build-observations.ts';

interface Look {
  /** Seconds. */
  readonly now?: number;
  readonly workload?: Pick<WorkloadKey, 'kind' | 'name'>;
  readonly snapshot?: boolean;
}

/** The primary signs of some observations. */
export function primaryOf(observations: readonly Observation[], { now = 3600, workload = key, snapshot = false }: Look = {}) {
  const history = toWorkloadHistory({ key: { ...key, ...workload }, observations, now: instant(now), snapshot });
  return findSigns(history, rules).primary;
}

/** What the rules make of some observations, reduced to what a table can compare. `now` is in seconds. */
export function signsOf(observations: readonly Observation[], now = 3600) {
  return primaryOf(observations, { now }).map(({ rule, symptom, phase, cause, basis, container, from, until, opensAt, deaths }) => ({
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

/** Symptom, phase, cause and container of each sign that is an incident by `now`: what a person would be told. */
export function toldOf(observations: readonly Observation[], look: Look = {}): readonly string[] {
  const until = instant(look.now ?? 3600);
  return primaryOf(observations, look)
    .filter((sign) => sign.opensAt !== undefined && sign.opensAt <= until)
    .map(describe);
}

function describe({ symptom, phase, cause, container }: FoundSign): string {
  return [symptom, phase, cause, container?.name ?? '-'].join(' ');
}

function seconds(at: number): number {
  return (at - instant(0)) / 1000;
}
