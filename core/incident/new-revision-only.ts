import type { PodHistory } from '../history/pod-history.ts';
import type { Instant } from '../time/instant.ts';
import type { ScopeFact } from './incident.ts';

/**
 * All replicas of newer revisions fail and none of an older one does: what the rollout changed is the first thing to compare.
 *
 * @param failing uids of the pods that fail
 * @param from what was gone by then is no longer compared with
 */
export function newRevisionOnly(pods: readonly PodHistory[], failing: ReadonlySet<string>, from: Instant): ScopeFact | undefined {
  const revisions = [
    ...Map.groupBy(
      pods.filter((pod) => lives(pod, from)),
      (pod) => pod.latest.revisionHash ?? '',
    ),
  ]
    .map(([hash, members]) => toRevision(hash, members, failing))
    .filter((revision) => revision.hash !== '');
  const broken = revisions.filter((revision) => revision.failing.length > 0);
  const [first] = broken.flatMap((revision) => revision.failing);
  const since = Math.min(...broken.map((revision) => revision.since));
  const well = revisions.filter((revision) => revision.failing.length === 0 && revision.since < since);
  const [compared] = well.flatMap((revision) => revision.pods);
  if (first === undefined || compared === undefined) return undefined;
  // One of its replicas that works shows that it is not the revision.
  if (broken.some((revision) => revision.failing.length < revision.pods.length)) return undefined;
  return {
    kind: 'new-revision',
    basis: 'derived',
    text: `${allFail(broken)}, and ${noneDoes(well)}: compare what the rollout changed first.`,
    evidence: [evidenceOf(first), evidenceOf(compared)],
  };
}

interface Revision {
  readonly hash: string;
  readonly pods: readonly PodHistory[];
  readonly failing: readonly PodHistory[];
  readonly since: Instant;
}

function toRevision(hash: string, pods: readonly PodHistory[], failing: ReadonlySet<string>): Revision {
  return {
    hash,
    pods,
    failing: pods.filter((pod) => failing.has(pod.uid)),
    since: Math.min(...pods.map((pod) => pod.createdAt)),
  };
}

/** A pod that nobody had asked to go by then. */
function lives({ deletionRequestedAt = Infinity, goneAt = Infinity, terminalAt = Infinity }: PodHistory, from: Instant): boolean {
  return Math.min(deletionRequestedAt, goneAt, terminalAt) >= from;
}

function allFail(revisions: readonly Revision[]): string {
  const count = countOf(revisions);
  return count === 1 ? `The one pod of revision ${hashesOf(revisions)} fails` : `All ${count} pods of revision ${hashesOf(revisions)} fail`;
}

function noneDoes(revisions: readonly Revision[]): string {
  const count = countOf(revisions);
  return count === 1
    ? `the one pod of revision ${hashesOf(revisions)} does not`
    : `none of the ${count} pods of revision ${hashesOf(revisions)} does`;
}

function countOf(revisions: readonly Revision[]): number {
  return revisions.reduce((sum, revision) => sum + revision.pods.length, 0);
}

function hashesOf(revisions: readonly Revision[]): string {
  return revisions
    .map((revision) => revision.hash)
    .toSorted()
    .join(', ');
}

function evidenceOf({ states }: PodHistory) {
  const newest = states.at(-1);
  if (newest === undefined) throw new RangeError('a pod history without states');
  return newest.evidence;
}
