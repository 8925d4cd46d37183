import type { PodHistory } from '../../history/pod-history.ts';
import { instantOf, second } from '../../time/instant.ts';
import type { PodObservation } from '../../wire/pod.ts';

/** Characters of RFC 3339 up to its seconds. */
const secondsOf = '2026-05-03T14:00:00'.length;

/**
 * How far the times that a kubelet or the API server wrote into pod states lie ahead of the clock of the collector that saw
 * them. A record cannot be seen before it was written, so anything above the grain of a second is a difference of clocks.
 *
 * @returns milliseconds; 0 when no record shows a difference
 */
export function clockSkew(pods: readonly PodHistory[]): number {
  return pods.reduce((most, { states }) => states.reduce((atLeast, { record }) => Math.max(atLeast, aheadOf(record)), most), 0);
}

function aheadOf({ observedAt, conditions, containers, createdAt }: PodObservation): number {
  let newest = createdAt;
  for (const { lastTransitionTime } of conditions) newest = laterOf(newest, lastTransitionTime);
  for (const { state, lastState } of containers) {
    newest = laterOf(newest, state?.running?.startedAt);
    newest = laterOf(newest, state?.terminated?.finishedAt);
    newest = laterOf(newest, lastState?.terminated?.finishedAt);
  }
  if (isNoLater(newest, observedAt)) return 0;
  const ahead = (instantOf(newest) ?? 0) - Date.parse(observedAt);
  return ahead < second ? 0 : ahead;
}

/** Times of one form are in order as texts: parsing them is what would cost. */
function laterOf(a: string, b: string | undefined): string {
  if (b === undefined) return a;
  const isLater = a.length === b.length && a.endsWith('Z') && b.endsWith('Z') ? b > a : Date.parse(b) > Date.parse(a);
  return isLater ? b : a;
}

/** To the second, whatever is behind it. */
function isNoLater(a: string, b: string): boolean {
  return a.endsWith('Z') && b.endsWith('Z') && a.slice(0, secondsOf) <= b.slice(0, secondsOf);
}
