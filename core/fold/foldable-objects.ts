import { jobFailure, jobsOf, jobSuccess, podsOf } from '../history/jobs.ts';
import { imageOf } from '../history/pod-facts.ts';
import type { OwnerHistory } from '../history/owner-history.ts';
import type { PodHistory } from '../history/pod-history.ts';
import type { ExaminedWorkload } from '../incident/build-incidents.ts';
import { rolloutOfPod } from '../ledger/rollout-of-pod.ts';
import type { WorkloadLedger } from '../ledger/workload-ledger.ts';
import { latest, minute, type Instant } from '../time/instant.ts';
import { subjectUid } from './subject-uid.ts';

/** How near in time one thing can have to do with another: clocks that differ, records of nodes after a pod's end, events that come late. */
export const nearness = 15 * minute;

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** Objects that are left out together: a Job and its pods, or one pod. */
interface Group extends Span {
  readonly uids: readonly string[];
  readonly gone: boolean;
  readonly succeededAt: Instant;
  readonly failedAt: Instant;
}

/**
 * Pods and Jobs that are gone since long before `before`, and were there while nothing was wrong: no incident, and no answer
 * about a later time, depends on them. Some stay, since others ask for the first or the last of their kind.
 */
export function foldableObjects(examined: ExaminedWorkload, ledger: WorkloadLedger, before: Instant): readonly string[] {
  const { workload } = examined;
  // Without a controller a workload is its first pod.
  if (workload.key.kind === 'Pod') return [];
  const groups = groupsOf(examined, ledger);
  const troubles = troublesOf(examined);
  const needed = neededPods(examined, ledger);
  const spared = new Set([
    minBy(groups, ({ from }) => from),
    minBy(groups, ({ to }) => -to),
    minBy(groups, ({ succeededAt }) => -succeededAt),
    minBy(groups, ({ failedAt }) => -failedAt),
  ]);
  return groups
    .filter((group) => group.gone && group.to < before - nearness && !spared.has(group))
    .filter(
      ({ from, to, uids }) => !troubles.some((trouble) => from <= trouble.to && to >= trouble.from) && !uids.some((uid) => needed.has(uid)),
    )
    .flatMap(({ uids }) => uids);
}

function groupsOf({ workload }: ExaminedWorkload, ledger: WorkloadLedger): readonly Group[] {
  const spans = spansOf(workload.observations.map((item) => ({ uid: subjectUid(item), at: Date.parse(item.observedAt) })));
  const rows = spansOf([
    ...ledger.terminations.map(({ podUid, finishedAt }) => ({ uid: podUid, at: Date.parse(finishedAt) })),
    ...ledger.podRuns.map(({ podUid, until }) => ({ uid: podUid, at: until === undefined ? Infinity : Date.parse(until) })),
  ]);
  const toGroup = (job: OwnerHistory | undefined, pods: readonly PodHistory[]): Group => {
    const uids = [...(job === undefined ? [] : [job.uid]), ...pods.map(({ uid }) => uid)];
    const seen = uids.flatMap((uid) => [spans.get(uid) ?? [], rows.get(uid) ?? []].flat());
    return {
      uids,
      from: Math.min(...seen.map(({ from }) => from), ...pods.map(({ createdAt }) => createdAt)),
      to: Math.max(...seen.map(({ to }) => to)),
      gone:
        pods.every(({ goneAt }) => goneAt !== undefined) && (job === undefined || job.states.some(({ record }) => record.deleted === true)),
      succeededAt: (job === undefined ? undefined : jobSuccess(job)?.state.at) ?? latest(...pods.map(({ terminalAt }) => terminalAt)) ?? 0,
      failedAt: latest(job === undefined ? undefined : jobFailure(job)?.state.at, ...pods.flatMap(endsOf)) ?? 0,
    };
  };
  const jobs = jobsOf(workload)
    .filter((job) => job !== workload.top)
    .map((job) => ({ job, pods: podsOf(workload, job) }));
  const owned = new Set(jobs.flatMap(({ pods }) => pods));
  return [
    ...jobs.map(({ job, pods }) => toGroup(job, pods)),
    ...workload.pods.filter((pod) => !owned.has(pod)).map((pod) => toGroup(undefined, [pod])),
  ];
}

function spansOf(times: readonly { readonly uid: string | undefined; readonly at: Instant }[]): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  for (const { uid, at } of times) {
    if (uid === undefined) continue;
    const known = spans.get(uid);
    if (known === undefined) spans.set(uid, { from: at, to: at });
    else if (at < known.from || at > known.to) spans.set(uid, { from: Math.min(known.from, at), to: Math.max(known.to, at) });
  }
  return spans;
}

function endsOf({ containers, terminalAt }: PodHistory): readonly (Instant | undefined)[] {
  return [terminalAt, ...containers.flatMap(({ attempts }) => attempts.map(({ end }) => end?.seenAt))];
}

/** When something was wrong, or was about to be, with what may have to do with it. */
function troublesOf({ signs, incidents }: ExaminedWorkload): readonly Span[] {
  const found = [...signs.primary, ...signs.secondary.map(({ sign }) => sign)].filter(({ opensAt }) => opensAt !== undefined);
  return [
    ...found.map(({ from, lastAt, until = Infinity }) => ({ from: from - nearness, to: Math.max(lastAt, until) + nearness })),
    ...incidents.map(({ group }) => ({
      from: group.onsetAt - nearness,
      to: (latest(group.settledAt, group.endedAt) ?? Infinity) + nearness,
    })),
  ];
}

/** The first pod that shows which digest an image name stood for, and the first that started a container of each rollout. */
function neededPods({ workload, rollouts }: ExaminedWorkload, { podRuns }: WorkloadLedger): ReadonlySet<string> {
  const first = new Map<string, string>();
  const note = (question: readonly unknown[], uid: string): void => {
    const key = JSON.stringify(question);
    if (!first.has(key)) first.set(key, uid);
  };
  const started = Map.groupBy(podRuns, ({ podUid }) => podUid);
  for (const pod of workload.pods) {
    for (const { name, status } of pod.containers) {
      if (imageOf(status).digest === undefined) continue;
      note(['ran as', name, status.image], pod.uid);
      note(['ran as', name, status.image, pod.latest.revisionHash ?? ''], pod.uid);
    }
    const rollout = rolloutOfPod(rollouts, pod)?.rollout.evidence ?? '';
    for (const { container } of started.get(pod.uid) ?? []) note(['started', rollout, container], pod.uid);
  }
  return new Set(first.values());
}

function minBy<T>(items: readonly T[], of: (item: T) => number): T | undefined {
  let best: T | undefined;
  for (const item of items) if (best === undefined || of(item) < of(best)) best = item;
  return best;
}
