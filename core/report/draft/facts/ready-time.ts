import { conditionOf } from '../../../history/pod-facts.ts';
import type { PodHistory } from '../../../history/pod-history.ts';
import type { Instant } from '../../../time/instant.ts';

/** Milliseconds for which a pod was Ready, until it was asked to go and within a span. */
export function readyTime(pod: PodHistory, from: Instant, to: Instant): number {
  const last = Math.min(to, pod.deletionRequestedAt ?? Infinity, pod.goneAt ?? Infinity);
  return pod.states.reduce((sum, state, index) => {
    if (conditionOf(state.record, 'Ready')?.status !== 'True') return sum;
    const begin = Math.max(from, state.at);
    const end = Math.min(last, pod.states[index + 1]?.at ?? Infinity);
    return sum + Math.max(0, end - begin);
  }, 0);
}
