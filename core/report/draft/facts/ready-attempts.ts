import { readyFor, readySpans } from '../../../history/ready-for.ts';
import type { EvidenceId } from '../../../evidence/evidence-id.ts';
import type { ChapterFacts } from '../draft-input.ts';

/** How the attempts of a chapter that ended had done by their readiness probe. */
export interface ReadyAttempts {
  readonly attempts: number;
  /** Milliseconds, of those that were ready. */
  readonly times: readonly number[];
  /** Where the first of them became ready, else where the first ended. */
  readonly evidence: EvidenceId;
}

/** Undefined where no attempt ended, or no probe says what ready means. */
export function readyAttempts({ pods, deaths }: ChapterFacts): ReadyAttempts | undefined {
  const keys = new Set(deaths.map(({ key }) => key));
  const ends = pods
    .flatMap((pod) => pod.containers)
    .flatMap((container) => container.deaths.filter(({ key }) => keys.has(key)).map((death) => ({ container, death })));
  const asked = ends.filter(({ container, death }) => readyFor(container, death) !== undefined);
  const [first] = asked;
  if (first === undefined) return undefined;
  const ready = asked.flatMap(({ container, death }) => readySpans(container, death).slice(0, 1));
  return {
    attempts: asked.length,
    times: asked.flatMap(({ container, death }) => (readySpans(container, death).length === 0 ? [] : (readyFor(container, death) ?? []))),
    evidence: ready[0]?.evidence ?? first.death.end.evidence,
  };
}
