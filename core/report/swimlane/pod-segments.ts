import { instantOf, type Instant } from '../../time/instant.ts';
import type { PodHistory } from '../../history/pod-history.ts';
import type { FoundSign } from '../../rules/rule.ts';
import { joinSegments, type Segment } from './segment.ts';
import { stepOfPod } from './step-of-pod.ts';

/**
 * The life of one pod from its creation to its end or to `now`, phase by phase.
 *
 * @param signs of this pod that are stretches of waiting: they know better than a single state which phase fails
 */
export function podSegments(pod: PodHistory, signs: readonly FoundSign[], now: Instant): readonly Segment[] {
  const stops = pod.deletionRequestedAt ?? Infinity;
  const ends = Math.min(pod.goneAt ?? Infinity, pod.terminalAt ?? Infinity, now);
  const first = pod.states[0]?.at ?? pod.createdAt;
  const before: Segment[] =
    pod.createdAt < first ? [{ from: pod.createdAt, to: first, phase: 'scheduling', state: 'waiting', word: 'Pending' }] : [];
  const lived = pod.states.map((state, index): Segment => {
    const to = Math.min(pod.states[index + 1]?.at ?? ends, ends, Math.max(stops, state.at));
    return { from: startOf(state.at, state.record), to, ...stepOfPod(state.record) };
  });
  const stopping: Segment[] =
    stops < ends ? [{ from: stops, to: ends, phase: 'termination', state: 'stopping', word: 'deletion was asked for' }] : [];
  const known = continuous([...before, ...lived.filter((segment) => segment.from < stops)]);
  return joinSegments([
    ...overlay(
      known,
      signs.filter((sign) => sign.deaths.length === 0),
      Math.min(ends, stops),
    ),
    ...stopping,
  ]);
}

/** An observer sees a start late; the container says when it was. */
function startOf(at: Instant, record: PodHistory['latest']): Instant {
  const started = record.containers
    .filter(({ role }) => role === 'app')
    .flatMap(({ state }) => instantOf(state?.running?.startedAt) ?? [])
    .filter((time) => time <= at && at - time < 1500);
  return record.phase === 'Running' && started.length > 0 ? Math.max(...started) : at;
}

/** Each segment ends where the next one begins. */
function continuous(segments: readonly Segment[]): readonly Segment[] {
  return segments.map((segment, index) => {
    const next = segments[index + 1];
    return next === undefined ? segment : { ...segment, to: Math.max(segment.from, Math.min(segment.to, next.from)) };
  });
}

/** Cuts the failing stretches of signs into what the states alone say. */
function overlay(segments: readonly Segment[], signs: readonly FoundSign[], end: Instant): readonly Segment[] {
  return signs.reduce<readonly Segment[]>((below, sign) => {
    const from = sign.from;
    const to = Math.min(sign.until ?? end, end);
    if (to <= from) return below;
    return below.flatMap((segment) => {
      // A death within the stretch stays what it is.
      if (segment.to <= from || segment.from >= to || segment.state === 'failing') return [segment];
      const middle: Segment = {
        from: Math.max(segment.from, from),
        to: Math.min(segment.to, to),
        phase: sign.phase,
        state: 'failing',
        word: sign.symptom,
      };
      return [{ ...segment, to: middle.from }, middle, { ...segment, from: middle.to }].filter((part) => part.to > part.from);
    });
  }, segments);
}
