import type { PodHistory } from '../../history/pod-history.ts';
import { instantOf, second, type Instant } from '../../time/instant.ts';
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

function aheadOf(state: PodObservation): number {
  const { observedAt, conditions, containers, createdAt } = state;
  // Nearly all are older, which their texts tell without being parsed: up to their seconds they are no greater.
  const edge = observedAt.endsWith('Z') ? `${observedAt.slice(0, secondsOf)}~` : '';
  let [newest, previous]: [Instant, string | undefined] = [0, undefined];
  const look = (text: string | undefined): void => {
    if (text === undefined || text === previous || (text < edge && text.endsWith('Z'))) return;
    previous = text;
    newest = Math.max(newest, instantOf(text) ?? 0);
  };
  look(createdAt);
  for (const { lastTransitionTime } of conditions) look(lastTransitionTime);
  for (const { state: now, lastState } of containers) {
    look(now?.running?.startedAt);
    look(now?.terminated?.finishedAt);
    look(lastState?.terminated?.finishedAt);
  }
  const ahead = newest === 0 ? 0 : newest - Date.parse(observedAt);
  return ahead < second ? 0 : ahead;
}
