import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseTicks } from '#core/report/swimlane/choose-ticks.ts';
import { foldGlyphs, foldSegments } from '#core/report/swimlane/fold.ts';
import { laneHeight, lanesPerPage, layoutSwimlane } from '#core/report/swimlane/layout-swimlane.ts';
import { joinSegments, type Segment } from '#core/report/swimlane/segment.ts';
import type { Lane, Line, Swimlane } from '#core/report/swimlane/swimlane.ts';
import { day, hour, minute, second } from '#core/time/instant.ts';
import { instant } from '../../../support/build-observations.ts';

function segment(from: number, to: number, state: Segment['state'] = 'ready'): Segment {
  return { from: instant(from), to: instant(to), phase: 'running', state, word: state };
}

function lane(uid: string, fields: Partial<Lane> = {}): Lane {
  return { uid, pod: `api-${uid}`, restarts: 0, segments: [segment(0, 100)], glyphs: [], ...fields };
}

function swimlane(fields: Partial<Swimlane> = {}): Swimlane {
  return {
    from: instant(0),
    to: instant(100),
    onsetAt: instant(10),
    groups: [{ revisions: ['1'], lanes: [lane('a')] }],
    lines: [],
    ready: [],
    rows: [],
    ...fields,
  };
}

function line(seconds: number, fields: Partial<Line> = {}): Line {
  return { at: instant(seconds), kind: 'rollout', label: 'rollout', ...fields };
}

describe('layout', () => {
  test('times become percent, lanes become rows, and the failing pod comes first', () => {
    const calm = lane('calm');
    const failing = lane('bad', {
      failedAs: 'OOMKilled',
      segments: [segment(0, 25), segment(25, 75, 'failing'), segment(75, 130)],
      glyphs: [{ at: instant(25), kind: 'death', row: 3 }],
    });
    const layout = layoutSwimlane(swimlane({ groups: [{ revisions: ['1'], lanes: [calm, failing] }] }));
    expect(layout).toEqual({
      height: 146,
      top: 24,
      bottom: 142,
      step: 15 * second,
      ticks: [0, 15, 30, 45, 60, 75, 90].map((at) => ({ at: instant(at), x: at })),
      flags: [],
      bands: [],
      groups: [
        {
          y: 24,
          group: { revisions: ['1'], lanes: [calm, failing] },
          size: 2,
          lanes: [
            {
              y: 58,
              lane: failing,
              segments: [
                { x: 0, width: 25, segment: failing.segments[0] },
                { x: 25, width: 50, segment: failing.segments[1] },
                { x: 75, width: 25, segment: failing.segments[2] },
              ],
              glyphs: [{ x: 25, glyph: failing.glyphs[0] }],
            },
            { y: 100, lane: calm, segments: [{ x: 0, width: 100, segment: calm.segments[0] }], glyphs: [] },
          ],
        },
      ],
      page: 1,
      pages: 1,
      lanes: 2,
      shown: { from: 1, to: 2 },
    });
  });

  test('labels of lines that are near each other take rows of their own, and the fifth is left to the table', () => {
    const lines = [1, 3, 5, 7, 9, 60, 99].map((at) => line(at));
    const { flags, top } = layoutSwimlane(swimlane({ lines }));
    expect(flags.map(({ x, labelY, anchor }) => [x, labelY, anchor])).toEqual([
      [1, 32, 'start'],
      [3, 47, 'start'],
      [5, 62, 'start'],
      [7, 77, 'start'],
      [9, undefined, 'start'],
      [60, 32, 'middle'],
      [99, 32, 'end'],
    ]);
    expect(top).toBe(84);
  });

  test('a long label takes a row of its own where it would lie upon its neighbour on a telephone', () => {
    const rollback = line(80, { kind: 'mitigation', label: 'rollback', revision: '4' });
    const { flags } = layoutSwimlane(swimlane({ lines: [line(60, { revision: '3' }), rollback] }));
    expect(flags.map(({ labelY, anchor }) => [labelY, anchor])).toEqual([
      [32, 'middle'],
      [47, 'middle'],
    ]);
  });

  test('a band lasts from the first missing replica to the last one', () => {
    const ready = [
      { at: instant(0), ready: 2, wanted: 2 },
      { at: instant(20), ready: 1, wanted: 2 },
      { at: instant(30), ready: 0, wanted: 2 },
      { at: instant(40), ready: 2, wanted: 2 },
      { at: instant(90), ready: 1 },
      { at: instant(95), ready: 1, wanted: 2 },
    ];
    expect(layoutSwimlane(swimlane({ ready })).bands).toEqual([
      { x: 20, width: 20 },
      { x: 95, width: 5 },
    ]);
  });

  test('five hundred pods are shown a page at a time, and a page number out of range is the nearest one', () => {
    const lanes = Array.from({ length: 500 }, (_, index) => lane(String(index), index === 499 ? { failedAs: 'OOMKilled' } : {}));
    const many = swimlane({ groups: [{ revisions: ['1'], lanes }] });
    const first = layoutSwimlane(many);
    expect([first.pages, first.lanes, first.shown]).toEqual([17, 500, { from: 1, to: 30 }]);
    expect(first.groups[0]?.lanes[0]?.lane.uid).toBe('499');
    expect(first.bottom).toBeLessThan(lanesPerPage * laneHeight + 100);
    expect([0, -3, NaN, 99].map((page) => layoutSwimlane(many, page).page)).toEqual([1, 1, 1, 17]);
    expect(layoutSwimlane(many, 17).shown).toEqual({ from: 481, to: 500 });
  });

  test('nothing to show is a picture too', () => {
    expect(layoutSwimlane(swimlane({ groups: [], to: instant(0) }))).toMatchObject({
      groups: [],
      lanes: 0,
      shown: { from: 0, to: 0 },
      height: 28,
    });
  });

  test('whatever the data, everything lies within the picture and little enough is drawn', () => {
    const times = fc.array(fc.integer({ min: -500, max: 1500 }), { minLength: 1, maxLength: 300 });
    const state = fc.constantFrom('ready', 'failing', 'waiting');
    fc.assert(
      fc.property(fc.array(fc.tuple(times, state), { maxLength: 60 }), fc.integer({ min: 1, max: 5 }), (pods, page) => {
        const lanes = pods.map(([at, kind], index) => {
          const sorted = at.toSorted((a, b) => a - b);
          const segments = joinSegments(
            sorted.map((from, position) => ({ ...segment(from, sorted[position + 1] ?? from + 1, kind), word: `${position % 2}` })),
          );
          return lane(String(index), {
            segments,
            glyphs: sorted.map((moment) => ({ at: instant(moment), kind: 'event' as const, row: 0 })),
          });
        });
        const layout = layoutSwimlane(swimlane({ to: instant(1000), groups: [{ revisions: [], lanes }] }), page);
        const drawn = layout.groups.flatMap((group) => group.lanes);
        const extents = drawn.flatMap((item) => item.segments);
        expect(extents.every(({ x, width }) => x >= 0 && width > 0 && x + width <= 100.001)).toBe(true);
        expect(drawn.flatMap((item) => item.glyphs).every(({ x }) => x >= 0 && x <= 100)).toBe(true);
        expect(extents.length + drawn.flatMap((item) => item.glyphs).length).toBeLessThanOrEqual(501);
        expect(drawn.every(({ y }) => y >= layout.top && y + laneHeight <= layout.bottom)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('parts of it', () => {
  test('ticks are round moments, few enough to read', () => {
    const at = Date.parse('2026-05-03T14:00:07Z');
    expect(chooseTicks(at, at + 90 * second, 6)).toEqual({
      step: 15 * second,
      times: [8, 23, 38, 53, 68, 83].map((part) => at + part * second),
    });
    expect(chooseTicks(at, at + 3 * hour, 6).step).toBe(30 * minute);
    expect(chooseTicks(at, at + 400 * day, 6).step).toBe(91 * day);
    expect(chooseTicks(at, at, 6).times).toEqual([at]);
  });

  test('short stretches become one that is told by the worst; long ones stay', () => {
    const segments = [segment(0, 50), segment(50, 51, 'starting'), segment(51, 52, 'failing'), segment(52, 53), segment(53, 100)];
    expect(foldSegments(segments, 10 * second)).toEqual([
      segment(0, 50),
      { ...segment(51, 52, 'failing'), from: instant(50), to: instant(53) },
      segment(53, 100),
    ]);
    expect(foldSegments(segments, 0)).toEqual(segments);
  });

  test('of glyphs upon each other the first of each kind is drawn', () => {
    const glyphs = [10, 11, 12, 30].map((at) => ({ at: instant(at), kind: 'death' as const, row: at }));
    const event = { at: instant(11), kind: 'event' as const, row: 1 };
    expect(foldGlyphs([...glyphs, event], 5 * second)).toEqual([glyphs[0], event, glyphs[3]]);
  });

  test('neighbours that say the same are one', () => {
    expect(joinSegments([segment(0, 5), segment(5, 9), segment(9, 9), segment(9, 12, 'failing')])).toEqual([
      segment(0, 9),
      segment(9, 12, 'failing'),
    ]);
  });
});
