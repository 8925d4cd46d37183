import type { Instant } from '../../time/instant.ts';
import { chooseTicks } from './choose-ticks.ts';
import { flagText } from './flag-text.ts';
import { foldGlyphs, foldSegments } from './fold.ts';
import type { Segment } from './segment.ts';
import type { Glyph, Lane, LaneGroup, Line, Swimlane } from './swimlane.ts';

/** Across in percent, so that one picture fits a telephone and a wall; down in pixels, so that text keeps its size. */
export interface SwimlaneLayout {
  readonly height: number;
  /** Where the lines begin and the lanes are. */
  readonly top: number;
  readonly bottom: number;
  readonly step: number;
  readonly ticks: readonly { readonly x: number; readonly at: Instant }[];
  readonly flags: readonly PlacedLine[];
  /** Stretches with fewer replicas ready than wanted. */
  readonly bands: readonly Extent[];
  readonly groups: readonly PlacedGroup[];
  /** Lanes are shown a page at a time. */
  readonly page: number;
  readonly pages: number;
  readonly lanes: number;
  readonly shown: { readonly from: number; readonly to: number };
}

export interface Extent {
  readonly x: number;
  readonly width: number;
}

export interface PlacedLine {
  readonly x: number;
  /** Baseline of its label; absent where too many lines are too near each other. */
  readonly labelY?: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly line: Line;
}

export interface PlacedGroup {
  readonly y: number;
  readonly group: LaneGroup;
  /** Lanes of the group on all pages. */
  readonly size: number;
  readonly lanes: readonly PlacedLane[];
}

export interface PlacedLane {
  readonly y: number;
  readonly lane: Lane;
  readonly segments: readonly (Extent & { readonly segment: Segment })[];
  readonly glyphs: readonly { readonly x: number; readonly glyph: Glyph }[];
}

export const laneHeight = 42;
export const groupHeight = 34;
export const lanesPerPage = 30;

const tickHeight = 20;
const flagHeight = 15;
const maxFlagRows = 4;
/** Percent of the picture that a letter of a label takes on a narrow screen. */
const letterWidth = 2.2;
const maxTicks = 7;
/** What one page may draw: beyond that neighbours become one. */
const maxParts = 500;
const narrowest = 0.3;

/** Where everything of the picture lies: a pure function, so that what people see can be tested as numbers. */
export function layoutSwimlane(swimlane: Swimlane, wantedPage = 1): SwimlaneLayout {
  const scale = scaleOf(swimlane);
  const ordered = swimlane.groups.flatMap((group) => byInterest(group.lanes).map((lane) => ({ group, lane })));
  const pages = Math.max(1, Math.ceil(ordered.length / lanesPerPage));
  const page = Math.min(Math.max(1, Math.floor(wantedPage) || 1), pages);
  const first = (page - 1) * lanesPerPage;
  const visible = ordered.slice(first, first + lanesPerPage);
  const ticks = chooseTicks(swimlane.from, swimlane.to, maxTicks);
  const { flags, rows } = placeFlags(swimlane.lines, scale.x);
  const top = tickHeight + rows * flagHeight + 4;
  const resolution = resolutionFor(
    visible.map(({ lane }) => lane),
    swimlane.to - swimlane.from,
  );
  const groups = placeGroups(visible, top, (lane) => placeLane(lane, scale, resolution));
  const bottom = groups.reduce((y, { lanes }) => y + groupHeight + lanes.length * laneHeight, top);
  return {
    height: bottom + 4,
    top,
    bottom,
    step: ticks.step,
    ticks: ticks.times.map((at) => ({ at, x: scale.x(at) })),
    flags,
    bands: bandsOf(swimlane, scale.extent),
    groups,
    page,
    pages,
    lanes: ordered.length,
    shown: { from: Math.min(first + 1, ordered.length), to: first + visible.length },
  };
}

interface Scale {
  readonly x: (at: Instant) => number;
  readonly extent: (from: Instant, to: Instant) => Extent | undefined;
}

function scaleOf({ from, to }: Swimlane): Scale {
  const length = Math.max(1, to - from);
  const x = (at: Instant) => round(Math.min(1, Math.max(0, (at - from) / length)) * 100);
  return {
    x,
    extent: (start, end) => {
      if (end < from || start > to) return undefined;
      const left = x(start);
      const width = Math.max(narrowest, round(x(end) - left));
      return { x: Math.min(left, 100 - width), width };
    },
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Failing pods first: with five hundred of them nobody turns pages to find the one that matters. */
function byInterest(lanes: readonly Lane[]): readonly Lane[] {
  return lanes.toSorted((a, b) => Number(a.failedAs === undefined) - Number(b.failedAs === undefined));
}

/** The finest grain at which the page does not draw more than it may. */
function resolutionFor(lanes: readonly Lane[], length: number): number {
  const steps = [0.002, 0.005, 0.01, 0.02, 0.04, 0.08].map((part) => part * length);
  const parts = (resolution: number) =>
    lanes.reduce((sum, lane) => sum + foldSegments(lane.segments, resolution).length + foldGlyphs(lane.glyphs, 3 * resolution).length, 0);
  return steps.find((resolution) => parts(resolution) <= maxParts) ?? length;
}

function placeLane(lane: Lane, { x, extent }: Scale, resolution: number): Omit<PlacedLane, 'y'> {
  const inside = lane.segments.flatMap((segment) => {
    const place = extent(segment.from, segment.to);
    return place === undefined ? [] : [segment];
  });
  return {
    lane,
    segments: foldSegments(inside, resolution).flatMap((segment) => {
      const place = extent(segment.from, segment.to);
      return place === undefined ? [] : [{ ...place, segment }];
    }),
    glyphs: foldGlyphs(lane.glyphs, 3 * resolution).map((glyph) => ({ x: x(glyph.at), glyph })),
  };
}

function placeGroups(
  visible: readonly { readonly group: LaneGroup; readonly lane: Lane }[],
  top: number,
  place: (lane: Lane) => Omit<PlacedLane, 'y'>,
): readonly PlacedGroup[] {
  let y = top;
  return [...Map.groupBy(visible, ({ group }) => group)].map(([group, members]) => {
    const start = y;
    y += groupHeight;
    const lanes = members.map(({ lane }) => {
      const placed = { ...place(lane), y };
      y += laneHeight;
      return placed;
    });
    return { y: start, group, size: group.lanes.length, lanes };
  });
}

/** Each label stands in the first row where it lies upon no other, also on a narrow screen. */
function placeFlags(lines: readonly Line[], x: Scale['x']): { readonly flags: readonly PlacedLine[]; readonly rows: number } {
  const taken = Array.from({ length: maxFlagRows }, () => -Infinity);
  const flags = lines.map((line): PlacedLine => {
    const at = x(line.at);
    const width = flagText(line).length * letterWidth;
    const anchor = at < width / 2 ? 'start' : at > 100 - width / 2 ? 'end' : 'middle';
    const left = anchor === 'start' ? at : anchor === 'end' ? at - width : at - width / 2;
    const row = taken.findIndex((right) => left >= right);
    if (row === -1) return { x: at, anchor, line };
    taken[row] = left + width + letterWidth;
    return { x: at, anchor, line, labelY: tickHeight + (row + 1) * flagHeight - 3 };
  });
  return { flags, rows: taken.filter((right) => right > -Infinity).length };
}

function bandsOf({ ready, to }: Swimlane, extent: Scale['extent']): readonly Extent[] {
  const bands: { from: Instant; to: Instant }[] = [];
  for (const [index, point] of ready.entries()) {
    if (point.wanted === undefined || point.ready >= point.wanted) continue;
    const end = ready[index + 1]?.at ?? to;
    const previous = bands.at(-1);
    if (previous?.to === point.at) previous.to = end;
    else bands.push({ from: point.at, to: end });
  }
  return bands.flatMap((band) => extent(band.from, band.to) ?? []);
}
