import type { Phase } from '../../incident/vocabulary.ts';
import type { Instant } from '../../time/instant.ts';

/** What a stretch of a pod's life means for those who wait for it. */
export type SegmentState = 'waiting' | 'starting' | 'ready' | 'failing' | 'stopping';

/** A stretch of a pod's life in one lifecycle phase. */
export interface Segment {
  readonly from: Instant;
  readonly to: Instant;
  readonly phase: Phase;
  readonly state: SegmentState;
  /** What Kubernetes shows meanwhile; from outside. */
  readonly word: string;
}

/** Neighbours that say the same are one, and what has no length is left out. */
export function joinSegments(segments: readonly Segment[]): readonly Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    if (segment.to <= segment.from) continue;
    const previous = joined.at(-1);
    if (previous !== undefined && previous.to >= segment.from && saysTheSame(previous, segment)) {
      joined[joined.length - 1] = { ...previous, to: segment.to };
    } else joined.push(segment);
  }
  return joined;
}

function saysTheSame(a: Segment, b: Segment): boolean {
  return a.phase === b.phase && a.state === b.state && a.word === b.word;
}
