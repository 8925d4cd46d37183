import { instantOf, second, type Instant } from '../../time/instant.ts';
import type { PodObservation } from '../../wire/pod.ts';

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
  const ahead = timesIn(state).reduce((most, at) => Math.max(most, at - seen), 0);
  return ahead < second ? 0 : ahead;
}

function timesIn({ conditions, containers, createdAt }: PodObservation): readonly Instant[] {
  const texts = [
    createdAt,
    ...conditions.map((condition) => condition.lastTransitionTime),
    ...containers.flatMap(({ state, lastState }) => [
      state?.running?.startedAt,
      state?.terminated?.finishedAt,
      lastState?.terminated?.finishedAt,
    ]),
  ];
  return texts.flatMap((text) => instantOf(text) ?? []);
}
