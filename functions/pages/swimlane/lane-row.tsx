import { shortImage } from '#core/incident/image.ts';
import type { PlacedGroup, PlacedLane } from '#core/report/swimlane/layout-swimlane.ts';
import type { Segment, SegmentState } from '#core/report/swimlane/segment.ts';
import type { GlyphKind, LaneGroup } from '#core/report/swimlane/swimlane.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { between, describeDuration } from '#core/time/duration.ts';
import { formatInstant } from '#core/time/instant.ts';

const barTop = 19;
const barHeight = 16;
/** Segments narrower than this have no room for a word, at any width of the window. */
const roomForWord = 11;

/** Height and texture of a state: full, hollow or thin, before any colour. */
const shapes: Readonly<Record<SegmentState, { readonly fill?: string; readonly inset: number }>> = {
  ready: { inset: 0 },
  starting: { inset: 0, fill: 'url(#state-starting)' },
  waiting: { inset: 2 },
  failing: { inset: 0, fill: 'url(#state-failing)' },
  stopping: { inset: 5 },
};

/** Paths around the origin; their shapes differ, as do their colours. */
const glyphs: Readonly<Record<GlyphKind, string>> = {
  death: 'M-4.5-4.5L4.5 4.5M4.5-4.5L-4.5 4.5',
  failure: 'M0-5.5L5.2 4H-5.2Z',
  event: 'M0-3a3 3 0 1 0 .01 0Z',
  ready: 'M-4.5 0L-1.5 3.5L4.5-4',
};

function Group({ placed: { y, group, size } }: { readonly placed: PlacedGroup }) {
  return (
    <g class="lane-group">
      <line class="rule" x1="0" x2="100%" y1={y + 8} y2={y + 8} />
      <text class="group-name" x="0" y={y + 25}>
        {nameOf(group)}
        {group.image === undefined ? null : <tspan class="group-image">{` · ${visibleLine(shortImage(group.image), 60)}`}</tspan>}
      </text>
      <text class="group-count" x="100%" y={y + 25} text-anchor="end">
        {size === 1 ? '1 pod' : `${size} pods`}
      </text>
    </g>
  );
}

/** A rollback runs an older template again: its pods belong to both revisions. */
function nameOf({ revisions, revisionHash }: LaneGroup): string {
  const names = revisions.map((revision) => visibleLine(revision, 24));
  if (names.length > 1) return `Revisions ${names.slice(0, 4).join(', ')}`;
  const name = names[0] ?? (revisionHash === undefined ? undefined : visibleLine(revisionHash, 24));
  return name === undefined ? 'Pods' : `Revision ${name}`;
}

function Lane({ placed: { y, lane, segments, glyphs: marks } }: { readonly placed: PlacedLane }) {
  return (
    <g class="lane" data-lane={lane.uid}>
      <rect class="lane-back" x="0" y={y} width="100%" height="40" />
      <text class="lane-name" x="0" y={y + 13}>
        {middle(lane.pod)}
        <title>{visibleLine(lane.pod, 253)}</title>
      </text>
      <text class={`lane-outcome${lane.failedAs === undefined ? '' : ' lane-failed'}`} x="100%" y={y + 13} text-anchor="end">
        {lane.failedAs === undefined ? 'no failure' : `✕ ${lane.failedAs}`}
        {lane.restarts === 0 ? '' : ` · ${lane.restarts} restart${lane.restarts === 1 ? '' : 's'}`}
      </text>
      {segments.map(({ x, width, segment }) => {
        const { inset, fill } = shapes[segment.state];
        return (
          <g class={`seg seg-${segment.state}`}>
            <title>{segmentTitle(segment)}</title>
            <rect
              x={`${x}%`}
              width={`${width}%`}
              y={y + barTop + inset}
              rx="2"
              height={barHeight - 2 * inset}
              {...(fill === undefined ? {} : { fill })}
            />
            {width < roomForWord || segment.state === 'stopping' ? null : (
              <svg x={`${x}%`} width={`${width}%`} y={y + barTop} height={barHeight} overflow="hidden">
                <text class="seg-word" x="12" y="12">
                  {segment.state === 'ready' ? 'ready' : segment.phase}
                </text>
              </svg>
            )}
          </g>
        );
      })}
      {marks.map(({ x, glyph }) => (
        <svg x={`${x}%`} y={y + barTop + barHeight / 2} overflow="visible" class={`glyph glyph-${glyph.kind}`} data-row={String(glyph.row)}>
          <circle class="glyph-halo" r="7.5" />
          <path d={glyphs[glyph.kind]} />
        </svg>
      ))}
    </g>
  );
}

function segmentTitle({ phase, state, word, from, to }: Segment): string {
  const what = state === 'ready' ? 'ready' : `${phase}, ${state}: ${visibleLine(word, 80)}`;
  return `${what}, ${formatInstant(from).slice(11, 19)} to ${formatInstant(to).slice(11, 19)} UTC (${describeDuration(between(from, to))})`;
}

/** The start names the workload, the end tells the pod apart: what gives way is the middle. */
function middle(name: string): string {
  const text = visibleLine(name, 253);
  return text.length <= 44 ? text : `${text.slice(0, 24)}…${text.slice(-17)}`;
}

export const LaneRow = { Group, Lane };
