import type { WorkloadHistory } from '../history/workload-history.ts';
import type { FoundSign, Rule } from './rule.ts';

/** Signs of a workload, told apart by whether another sign explains them. */
export interface Signs {
  readonly primary: readonly FoundSign[];
  readonly secondary: readonly { readonly sign: FoundSign; readonly explainedBy: FoundSign }[];
}

/** Runs every rule over every pod and applies the `explains` graph, container by container. */
export function findSigns(workload: WorkloadHistory, rules: readonly Rule[]): Signs {
  const found = workload.pods.flatMap((pod) =>
    rules.flatMap((rule) => rule.match(pod, workload).map((sign): FoundSign => ({ ...sign, rule: rule.id }))),
  );
  const explainedByRule = new Map(rules.map((rule) => [rule.id, new Set(rule.explains)]));
  const primary: FoundSign[] = [];
  const secondary: { sign: FoundSign; explainedBy: FoundSign }[] = [];
  for (const sign of found.toSorted(bySignTime)) {
    const explainedBy = found.find((other) => explainedByRule.get(other.rule)?.has(sign.rule) === true && explains(other, sign));
    if (explainedBy === undefined) primary.push(sign);
    else secondary.push({ sign, explainedBy });
  }
  return { primary, secondary };
}

export function bySignTime(a: FoundSign, b: FoundSign): number {
  return a.from - b.from || compare(a.evidence[0].id, b.evidence[0].id) || compare(a.rule, b.rule);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Same pod, and same container unless the explaining sign is about the whole pod; same deaths, or the same time. */
function explains(cause: FoundSign, effect: FoundSign): boolean {
  if (cause.podUid !== effect.podUid) return false;
  if (cause.container !== undefined && cause.container.name !== effect.container?.name) return false;
  if (effect.deaths.length > 0 && cause.container !== undefined) return effect.deaths.every((death) => cause.deaths.includes(death));
  return overlap(cause, effect);
}

function overlap(a: FoundSign, b: FoundSign): boolean {
  return a.from <= (b.until ?? Infinity) && b.from <= (a.until ?? Infinity);
}
