import type { Glyph } from './swimlane.ts';
import type { Segment, SegmentState } from './segment.ts';

/** What must not be lost when stretches become one. */
const weight: Readonly<Record<SegmentState, number>> = { failing: 0, starting: 1, waiting: 2, ready: 3, stopping: 4 };

/** Neighbouring stretches that are all shorter than a picture can show become one, told by the worst of them. */
export function foldSegments(segments: readonly Segment[], resolution: number): readonly Segment[] {
  const folded: Segment[] = [];
  let run: Segment | undefined;
  for (const segment of segments) {
    const isShort = segment.to - segment.from < resolution;
    if (isShort && run !== undefined && run.to - run.from < resolution) {
      const worst = weight[segment.state] < weight[run.state] ? segment : run;
      run = { ...worst, from: run.from, to: segment.to };
      folded[folded.length - 1] = run;
    } else {
      folded.push(segment);
      run = isShort ? segment : undefined;
    }
  }
  return folded;
}

/** Of glyphs of one kind that would lie upon each other the first is drawn. */
export function foldGlyphs(glyphs: readonly Glyph[], resolution: number): readonly Glyph[] {
  const drawn = new Map<Glyph['kind'], number>();
  return glyphs
    .toSorted((a, b) => a.at - b.at)
    .filter(({ at, kind }) => {
      if (at - (drawn.get(kind) ?? -Infinity) < resolution) return false;
      drawn.set(kind, at);
      return true;
    });
}
