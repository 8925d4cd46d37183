import type { WorkloadHistory } from '../history/workload-history.ts';
import { isUnexplained } from '../incident/unexplained.ts';
import type { RecordedRollout } from '../rollouts/build-rollouts.ts';
import { endOf } from '../rules/end-of.ts';
import { formatInstant } from '../time/instant.ts';
import { rolloutAt, rolloutOfPod } from './rollout-of-pod.ts';
import type { Failure } from './rollout-record.ts';
import type { ToldSign, ToldSigns } from './told-signs.ts';

/** What failed on the pods that each rollout made, by container and symptom. What no container is to blame for counts for each of them. */
export function failuresByRollout(
  workload: WorkloadHistory,
  rollouts: readonly RecordedRollout[],
  { primary }: ToldSigns,
): (rollout: RecordedRollout, container: string) => readonly Failure[] {
  const made = new Map(workload.pods.map((pod) => [pod.uid, rolloutOfPod(rollouts, pod)]));
  const byRollout = Map.groupBy(primary, ({ sign }) =>
    sign.podUid === undefined ? rolloutAt(rollouts, sign.from) : made.get(sign.podUid),
  );
  return (rollout, container) => {
    const own = (byRollout.get(rollout) ?? []).filter(({ sign }) => sign.container === undefined || sign.container.name === container);
    return [...Map.groupBy(own, ({ sign }) => sign.symptom).values()]
      .flatMap(([first, ...rest]) => (first === undefined ? [] : [toFailure([first, ...rest])]))
      .toSorted((a, b) => Date.parse(a.firstAt) - Date.parse(b.firstAt) || (a.evidence < b.evidence ? -1 : 1));
  };
}

function toFailure(told: readonly [ToldSign, ...ToldSign[]]): Failure {
  const ordered = told.toSorted((a, b) => a.sign.from - b.sign.from || (a.sign.evidence[0].id < b.sign.evidence[0].id ? -1 : 1));
  const [first = told[0]] = ordered;
  const endedAt = endOf(ordered.map(({ sign }) => sign));
  const telling = ordered.findLast(({ sign }) => !isUnexplained(sign.cause)) ?? first;
  return {
    symptom: first.sign.symptom,
    cause: telling.sign.cause,
    deaths: new Set(ordered.flatMap(({ sign }) => sign.deaths)).size,
    firstAt: formatInstant(first.sign.from),
    lastAt: formatInstant(Math.max(...ordered.map(({ sign }) => sign.lastAt))),
    incident: first.incident,
    evidence: first.sign.evidence[0].id,
    ...(endedAt === undefined ? {} : { endedAt: formatInstant(endedAt) }),
    ...(first.sign.container === undefined ? {} : { container: first.sign.container.name }),
  };
}
