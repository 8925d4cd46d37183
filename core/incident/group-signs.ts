import { deathsOf } from '../history/pod-facts.ts';
import type { WorkloadHistory } from '../history/workload-history.ts';
import { bySignTime } from '../rules/find-signs.ts';
import type { FoundSign } from '../rules/rule.ts';
import { hour, minute, type Instant } from '../time/instant.ts';
import type { HealthPoint } from './health.ts';

/** The signs of one incident, with how it went on. */
export interface SignGroup {
  readonly signs: readonly [FoundSign, ...FoundSign[]];
  readonly onsetAt: Instant;
  /** Everything wanted was ready again, for good as far as the data goes. */
  readonly recoveredAt?: Instant;
  /** The workload itself came to its end. */
  readonly endedAt?: Instant;
  readonly settled: boolean;
}

/**
 * One workload, one incident at a time: a failure that begins before the last recovery has settled continues the incident,
 * one that begins later opens the next.
 */
export function groupSigns(workload: WorkloadHistory, primary: readonly FoundSign[], health: readonly HealthPoint[]): readonly SignGroup[] {
  const open = primary.filter((sign) => sign.opensAt !== undefined && sign.opensAt <= workload.now).toSorted(bySignTime);
  const groups: SignGroup[] = [];
  let current: FoundSign[] = [];
  for (const sign of open) {
    const outcome = current.length === 0 ? undefined : outcomeOf(current, health);
    if (outcome !== undefined && isOver(outcome, current, workload, sign.from)) {
      groups.push(toGroup(workload, current, health));
      current = [];
    }
    current.push(sign);
  }
  if (current.length > 0) groups.push(toGroup(workload, current, health));
  return groups;
}

interface Outcome {
  readonly recoveredAt?: Instant;
  readonly endedAt?: Instant;
}

/** What became of these signs if nothing else had happened: the first healthy moment after the last of them, or the end. */
function outcomeOf(signs: readonly FoundSign[], health: readonly HealthPoint[]): Outcome {
  const onset = Math.min(...signs.map((sign) => sign.from));
  const lasting = signs.some((sign) => sign.until === undefined);
  const over = Math.max(...signs.map((sign) => sign.until ?? sign.from));
  const ended = endOf(health, onset, over);
  if (ended !== undefined) return { endedAt: ended };
  if (lasting) return {};
  const inForce = health.findLast((point) => point.at <= over);
  const recoveredAt = inForce?.healthy === true ? over : health.find((point) => point.at > over && point.healthy)?.at;
  return recoveredAt === undefined ? {} : { recoveredAt };
}

/** An end that came after the onset and was not taken back: a workload scaled to zero and up again lives on. */
function endOf(health: readonly HealthPoint[], onset: Instant, over: Instant): Instant | undefined {
  const from = health.findLast((point) => point.at <= onset)?.at ?? onset;
  const end = health.find((point) => point.ended && point.at >= from);
  if (end === undefined) return undefined;
  const resumed = health.find((point) => point.at > end.at && !point.ended);
  if (resumed !== undefined && resumed.at <= over) return undefined;
  return Math.max(end.at, onset);
}

function isOver(outcome: Outcome, signs: readonly FoundSign[], workload: WorkloadHistory, at: Instant): boolean {
  if (outcome.endedAt !== undefined) return at > outcome.endedAt;
  return outcome.recoveredAt !== undefined && at > outcome.recoveredAt + settleTime(workload, signs);
}

function toGroup(workload: WorkloadHistory, signs: readonly FoundSign[], health: readonly HealthPoint[]): SignGroup {
  const [first, ...rest] = signs;
  if (first === undefined) throw new RangeError('a group needs at least one sign');
  const { recoveredAt, endedAt } = outcomeOf(signs, health);
  const settled = endedAt !== undefined || (recoveredAt !== undefined && hasSettled(workload, signs, recoveredAt));
  return {
    signs: [first, ...rest],
    onsetAt: Math.min(...signs.map((sign) => sign.from)),
    settled,
    ...(recoveredAt === undefined ? {} : { recoveredAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

/** In a single look in which nothing is newer than the recovery, how long it has lasted cannot be measured: it counts as long enough. */
function hasSettled(workload: WorkloadHistory, signs: readonly FoundSign[], recoveredAt: Instant): boolean {
  if (workload.snapshot && recoveredAt >= workload.now) return true;
  return workload.now - recoveredAt >= settleTime(workload, signs);
}

/** max(5 min, twice the longest interval between its deaths), at most 1 h: a slow crash loop must not look recovered between two deaths. */
function settleTime(workload: WorkloadHistory, signs: readonly FoundSign[]): number {
  const keys = new Set(signs.flatMap((sign) => sign.deaths));
  const ends = workload.pods
    .flatMap((pod) => pod.containers.flatMap((container) => deathsOf(container)))
    .filter((death) => keys.has(death.key))
    .map((death) => death.end.finishedAt)
    .toSorted((a, b) => a - b);
  const longest = Math.max(0, ...ends.slice(1).map((at, index) => at - (ends[index] ?? at)));
  return Math.max(5 * minute, Math.min(hour, 2 * longest));
}
