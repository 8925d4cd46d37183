import type { WorkloadHistory } from '../history/workload-history.ts';
import { bySignTime } from '../rules/find-signs.ts';
import type { FoundSign } from '../rules/rule.ts';
import { hour, minute, type Instant } from '../time/instant.ts';
import type { HealthPoint } from './health.ts';
import { indexHealth, type HealthIndex } from './health-index.ts';

/** The signs of one incident, with how it went on. */
export interface SignGroup {
  readonly signs: readonly [FoundSign, ...FoundSign[]];
  readonly onsetAt: Instant;
  /** Everything wanted was ready again, for good as far as the data goes. */
  readonly recoveredAt?: Instant;
  /** The workload itself came to its end. */
  readonly endedAt?: Instant;
  readonly settled: boolean;
  /** When the recovery had lasted long enough; set once it has. */
  readonly settledAt?: Instant;
}

/**
 * One workload, one incident at a time: a failure that begins before the last recovery has settled continues the incident,
 * one that begins later opens the next.
 */
export function groupSigns(workload: WorkloadHistory, primary: readonly FoundSign[], health: readonly HealthPoint[]): readonly SignGroup[] {
  const open = primary.filter((sign) => sign.opensAt !== undefined && sign.opensAt <= workload.now).toSorted(bySignTime);
  const index = indexHealth(health);
  const groups: SignGroup[] = [];
  let current: Course | undefined;
  for (const sign of open) {
    if (current !== undefined && isOver(workload, current, { health: index, at: sign.from })) {
      groups.push(toGroup(workload, current, index));
      current = undefined;
    }
    if (current === undefined)
      current = { signs: [sign], onset: sign.from, over: sign.until ?? sign.from, lasts: sign.until === undefined };
    else extend(current, sign);
  }
  if (current !== undefined) groups.push(toGroup(workload, current, index));
  return groups;
}

/** Signs of one incident so far. It grows in place: an incident may have many thousands. */
interface Course {
  readonly signs: [FoundSign, ...FoundSign[]];
  onset: Instant;
  /** When the last of them was over. */
  over: Instant;
  /** One of them is not over. */
  lasts: boolean;
}

function extend(course: Course, sign: FoundSign): void {
  course.signs.push(sign);
  course.onset = Math.min(course.onset, sign.from);
  course.over = Math.max(course.over, sign.until ?? sign.from);
  course.lasts ||= sign.until === undefined;
}

interface Outcome {
  readonly recoveredAt?: Instant;
  readonly endedAt?: Instant;
}

/** What became of these signs if nothing else had happened: the first healthy moment after the last of them, or the end. */
function outcomeOf(workload: WorkloadHistory, course: Course, health: HealthIndex): Outcome {
  const { onset, over, lasts } = course;
  const endedAt = endOf(health, onset, over);
  const recoveredAt = lasts ? undefined : health.pointAt(over)?.healthy === true ? over : health.healthyAfter(over)?.at;
  // A workload that was taken away when all had been well for long did not end its old incidents.
  if (endedAt !== undefined && (recoveredAt === undefined || !settledBy(workload, course, { recoveredAt, at: endedAt })))
    return { endedAt };
  return recoveredAt === undefined ? {} : { recoveredAt };
}

/** An end that came after the onset and was not taken back: a workload scaled to zero and up again lives on. */
function endOf(health: HealthIndex, onset: Instant, over: Instant): Instant | undefined {
  const end = health.endFrom(health.pointAt(onset)?.at ?? onset);
  if (end === undefined) return undefined;
  const resumed = health.livingAfter(end.at);
  if (resumed !== undefined && resumed.at <= over) return undefined;
  return Math.max(end.at, onset);
}

/** Whether a failure at that moment would open another incident. */
function isOver(
  workload: WorkloadHistory,
  course: Course,
  { health, at }: { readonly health: HealthIndex; readonly at: Instant },
): boolean {
  const { endedAt, recoveredAt } = outcomeOf(workload, course, health);
  if (endedAt !== undefined) return at > endedAt;
  return recoveredAt !== undefined && settledBy(workload, course, { recoveredAt, at });
}

/** Measuring how long it takes to settle is dear, and mostly not needed. */
function settledBy(
  workload: WorkloadHistory,
  { signs }: Course,
  { recoveredAt, at }: { readonly recoveredAt: Instant; readonly at: Instant },
): boolean {
  const lasted = at - recoveredAt;
  return lasted > mostSettleTime || (lasted > leastSettleTime && lasted > settleTime(workload, signs));
}

function toGroup(workload: WorkloadHistory, course: Course, health: HealthIndex): SignGroup {
  const { recoveredAt, endedAt } = outcomeOf(workload, course, health);
  const settledAt = recoveredAt === undefined ? undefined : settlesAt(workload, course.signs, recoveredAt);
  return {
    signs: course.signs,
    onsetAt: course.onset,
    settled: endedAt !== undefined || settledAt !== undefined,
    ...(recoveredAt === undefined ? {} : { recoveredAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(settledAt === undefined ? {} : { settledAt }),
  };
}

/** In a single look in which nothing is newer than the recovery, how long it has lasted cannot be measured: it counts as long enough. */
function settlesAt(workload: WorkloadHistory, signs: readonly FoundSign[], recoveredAt: Instant): Instant | undefined {
  if (workload.snapshot && recoveredAt >= workload.now) return workload.now;
  const at = recoveredAt + settleTime(workload, signs);
  return at <= workload.now ? at : undefined;
}

const leastSettleTime = 5 * minute;
const mostSettleTime = hour;

/** max(5 min, twice the longest interval between its deaths), at most 1 h: a slow crash loop must not look recovered between two deaths. */
function settleTime(workload: WorkloadHistory, signs: readonly FoundSign[]): number {
  const keys = new Set(signs.flatMap((sign) => sign.deaths));
  const ends = workload.pods
    .flatMap((pod) => pod.containers.flatMap((container) => container.deaths))
    .filter((death) => keys.has(death.key))
    .map((death) => death.end.finishedAt)
    .toSorted((a, b) => a - b);
  const longest = ends.slice(1).reduce((most, at, index) => Math.max(most, at - (ends[index] ?? at)), 0);
  return Math.max(leastSettleTime, Math.min(mostSettleTime, 2 * longest));
}
