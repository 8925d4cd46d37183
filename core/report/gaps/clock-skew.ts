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
export function clockSkew(states: readonly PodObservation[]): number {
  return states.reduce((most, state) => Math.max(most, aheadOf(state)), 0);
}

function aheadOf(state: PodObservation): number {
  const seen = Date.parse(state.observedAt);
  const seenSecond = state.observedAt.endsWith('Z') ? state.observedAt.slice(0, secondsOf) : '';
  // Nearly all are older, which their texts tell without being parsed.
  const later = timesIn(state).filter((text) => !(text.endsWith('Z') && text.slice(0, secondsOf) <= seenSecond));
  const ahead = later.reduce((most, text) => Math.max(most, (instantOf(text) ?? 0) - seen), 0);
  return ahead < second ? 0 : ahead;
}

function timesIn({ conditions, containers, createdAt }: PodObservation): readonly string[] {
  const texts = [
    createdAt,
    ...conditions.map((condition) => condition.lastTransitionTime),
    ...containers.flatMap(({ state, lastState }) => [
      state?.running?.startedAt,
      state?.terminated?.finishedAt,
      lastState?.terminated?.finishedAt,
    ]),
  ];
  return texts.filter((text) => text !== undefined);
}
