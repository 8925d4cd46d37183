import type { PodHistory } from '../history/pod-history.ts';
import type { RecordedRollout } from '../rollouts/build-rollouts.ts';
import { second, type Instant } from '../time/instant.ts';

/** A pod is stamped to the second by the API server, a rollout by whoever saw it: the pod may seem to be there first. */
const clockSkew = 10 * second;

/**
 * Which rollout made a pod. After a rollback two rollouts share one revision hash: the later one made the pods that are younger
 * than itself.
 *
 * @param rollouts oldest first
 */
export function rolloutOfPod(
  rollouts: readonly RecordedRollout[],
  pod: Pick<PodHistory, 'createdAt' | 'latest'>,
): RecordedRollout | undefined {
  const { revisionHash } = pod.latest;
  const known = rollouts.some(({ rollout }) => revisionHash !== undefined && rollout.revisionHash === revisionHash);
  const own = known ? rollouts.filter(({ rollout }) => rollout.revisionHash === revisionHash) : rollouts;
  return rolloutAt(own, pod.createdAt + clockSkew) ?? own[0];
}

/** The rollout in force at a moment. */
export function rolloutAt(rollouts: readonly RecordedRollout[], at: Instant): RecordedRollout | undefined {
  return rollouts.findLast((rollout) => rollout.at <= at);
}
