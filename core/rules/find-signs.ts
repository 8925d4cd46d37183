import type { WorkloadHistory } from '../history/workload-history.ts';
import { second, type Instant } from '../time/instant.ts';
import type { FoundSign, Rule, Sign } from './rule.ts';

/** Signs of a workload, told apart by whether another sign explains them. */
export interface Signs {
  readonly primary: readonly FoundSign[];
  readonly secondary: readonly { readonly sign: FoundSign; readonly explainedBy: FoundSign }[];
}

/** Runs every rule over the workload and its pods and applies the `explains` graph, container by container. */
export function findSigns(workload: WorkloadHistory, rules: readonly Rule[]): Signs {
  const found = matchRules(rules, workload).toSorted(bySignTime);
  const causesOf = indexCauses(found, rules, workload.now);
  const primary: FoundSign[] = [];
  const secondary: { sign: FoundSign; explainedBy: FoundSign }[] = [];
  for (const sign of found) {
    const explainedBy = causesOf(sign).find((cause) => explains(cause, sign));
    if (explainedBy === undefined) primary.push(sign);
    else secondary.push({ sign, explainedBy });
  }
  return { primary, secondary };
}

/** Pod by pod, not rule by rule: what one rule has just read of a pod is near when the next one reads it. */
function matchRules(rules: readonly Rule[], workload: WorkloadHistory): FoundSign[] {
  const found: FoundSign[] = [];
  const add = ({ id }: Rule, signs: readonly Sign[]): void => {
    for (const sign of signs) found.push({ ...sign, ...inOrder(sign), rule: id });
  };
  for (const rule of rules) if (rule.scope === 'workload') add(rule, rule.match(workload));
  const podRules = rules.filter((rule) => rule.scope === 'pod');
  for (const pod of workload.pods) for (const rule of podRules) add(rule, rule.match(pod, workload));
  return found;
}

/** Clocks of nodes, API server and observer differ: what cannot be before the beginning is then at the beginning. */
function inOrder({ from, lastAt, until, opensAt }: Sign): Pick<Sign, 'lastAt' | 'until' | 'opensAt'> {
  return {
    lastAt: Math.max(from, lastAt),
    ...(until === undefined ? {} : { until: Math.max(from, until) }),
    ...(opensAt === undefined ? {} : { opensAt: Math.max(from, opensAt) }),
  };
}

/** The signs that could explain one, by the graph and by what they are about: long crash loops must not be compared pair by pair. */
function indexCauses(found: readonly FoundSign[], rules: readonly Rule[], now: Instant): (effect: FoundSign) => readonly FoundSign[] {
  const explainers = explainersOf(rules);
  const byDeath = new Map<string, FoundSign[]>();
  const byPod = new Map<string, FoundSign[]>();
  const wholePods = new Map<string, FoundSign[]>();
  for (const sign of found) {
    for (const death of sign.deaths) append(byDeath, death, sign);
    // What healed before it was an incident, or is too young to be one, explains nothing beside it.
    if (sign.opensAt === undefined || sign.opensAt > now) continue;
    append(byPod, sign.podUid ?? '', sign);
    if (isWholePod(sign)) append(wholePods, sign.podUid ?? '', sign);
  }
  return (effect) => {
    const causes = explainers.get(effect.rule);
    if (causes === undefined) return [];
    const [death] = effect.deaths.slice(-1);
    const near =
      death === undefined || isWholePod(effect)
        ? (byPod.get(effect.podUid ?? '') ?? [])
        : [...(byDeath.get(death) ?? []), ...(wholePods.get(effect.podUid ?? '') ?? [])];
    return near.filter((cause) => causes.has(cause.rule));
  };
}

type Explainers = ReadonlyMap<string, ReadonlySet<string>>;

/** The `explains` graph by effect: the same for every workload, so it is made once. Nothing but speed depends on it. */
const explainersByRules = new WeakMap<readonly Rule[], Explainers>();

function explainersOf(rules: readonly Rule[]): Explainers {
  const known = explainersByRules.get(rules);
  if (known !== undefined) return known;
  const explainers = new Map<string, Set<string>>();
  for (const rule of rules) {
    for (const effect of rule.explains) explainers.set(effect, (explainers.get(effect) ?? new Set()).add(rule.id));
  }
  explainersByRules.set(rules, explainers);
  return explainers;
}

function append(index: Map<string, FoundSign[]>, key: string, sign: FoundSign): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, [sign]);
  else known.push(sign);
}

function isWholePod(sign: FoundSign): boolean {
  return sign.wholePod === true || sign.container === undefined;
}

/** Of the same death, or in the same pod at the same time, and there of the same container unless one of both is about all of it. */
function explains(cause: FoundSign, effect: FoundSign): boolean {
  if (cause.podUid !== effect.podUid) return false;
  const [death] = effect.deaths.slice(-1);
  if (death !== undefined) return cause.deaths.includes(death) || (isWholePod(cause) && outlasts(cause, effect));
  if (!isWholePod(cause) && !isWholePod(effect) && cause.container?.name !== effect.container?.name) return false;
  return overlap(cause, effect);
}

function overlap(a: FoundSign, b: FoundSign): boolean {
  return a.from <= (b.until ?? Infinity) && b.from <= (a.until ?? Infinity);
}

/** Still in force after the second of a death: what was over by then did not bring it about. */
function outlasts(cause: FoundSign, death: FoundSign): boolean {
  return cause.from < death.from + second && (cause.until ?? Infinity) > death.from + second;
}

export function bySignTime(a: FoundSign, b: FoundSign): number {
  return a.from - b.from || compare(a.evidence[0].id, b.evidence[0].id) || compare(a.rule, b.rule);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
