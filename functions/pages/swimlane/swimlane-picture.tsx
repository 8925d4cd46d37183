import { layoutSwimlane, type PlacedLine, type SwimlaneLayout } from '#core/report/swimlane/layout-swimlane.ts';
import { flagText } from '#core/report/swimlane/flag-text.ts';
import { plural } from '#core/report/timeline/at-a-glance.ts';
import type { Line, Swimlane } from '#core/report/swimlane/swimlane.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { day, formatInstant, minute, type Instant } from '#core/time/instant.ts';
import { absoluteTime, dayText } from '../parts/moment.tsx';
import { LaneRow } from './lane-row.tsx';
import { Patterns } from './patterns.tsx';

interface SwimlanePictureProps {
  readonly swimlane: Swimlane;
  readonly layout: SwimlaneLayout;
  /** From outside. */
  readonly workload: string;
}

/** Pods over time. What it shows is in the tables below it as well, which is what people who cannot see it read. */
export function SwimlanePicture({ swimlane, layout, workload }: SwimlanePictureProps) {
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="swimlane"
      role="img"
      aria-labelledby="swimlane-title swimlane-desc"
      width="100%"
      height={layout.height}
    >
      <title id="swimlane-title">{`Pods of ${visibleLine(workload, 120)} over time`}</title>
      <desc id="swimlane-desc">{describe(swimlane, layout)}</desc>
      <Patterns />
      {layout.bands.map(({ x, width }) => (
        <rect class="band" x={`${x}%`} width={`${width}%`} y={layout.top} height={layout.bottom - layout.top} />
      ))}
      {layout.ticks.map(({ x, at }) => (
        <>
          <line class="grid" x1={`${x}%`} x2={`${x}%`} y1="16" y2={layout.bottom} />
          <text class="tick" x={`${x}%`} y="11" text-anchor={x < 5 ? 'start' : x > 95 ? 'end' : 'middle'}>
            {tickText(at, layout.step)}
          </text>
        </>
      ))}
      {layout.flags.map((flag) => (
        <Flag flag={flag} bottom={layout.bottom} top={layout.top} />
      ))}
      {layout.groups.map((placed) => (
        <LaneRow.Group placed={placed} />
      ))}
      {layout.groups.flatMap(({ lanes }) => lanes.map((lane) => <LaneRow.Lane placed={lane} />))}
    </svg>
  );
}

/** The picture of one page of lanes. */
export function placeSwimlane(swimlane: Swimlane, page: number | undefined): SwimlaneLayout {
  return layoutSwimlane(swimlane, page);
}

function Flag({
  flag: { x, anchor, labelY, line },
  top,
  bottom,
}: {
  readonly flag: PlacedLine;
  readonly top: number;
  readonly bottom: number;
}) {
  return (
    <g class={`flag flag-${line.kind}`} {...(line.row === undefined ? {} : { 'data-row': String(line.row) })}>
      <title>{`${flagTitle(line)}, ${absoluteTime(line.at)} UTC`}</title>
      <line x1={`${x}%`} x2={`${x}%`} y1={labelY === undefined ? top - 4 : labelY + 3} y2={bottom} />
      {labelY === undefined ? null : (
        <text x={`${x}%`} y={labelY} text-anchor={anchor}>
          {flagText(line)}
        </text>
      )}
    </g>
  );
}

function flagTitle({ kind, label, revision, image }: Line): string {
  const what = kind === 'onset' ? 'Onset' : kind === 'recovery' ? (label === 'recovered' ? 'Recovered' : 'Ended') : label;
  const to = image === undefined ? '' : ` to ${visibleLine(image.tag ?? image.ref, 80)}`;
  return `${what}${revision === undefined ? '' : ` of revision ${visibleLine(revision, 20)}`}${to}${kind === 'mitigation' ? ', the last change before the recovery' : ''}`;
}

function tickText(at: Instant, step: number): string {
  const text = formatInstant(at);
  if (step >= day) return dayText(at).slice(0, -5);
  return step < minute ? text.slice(11, 19) : text.slice(11, 16);
}

function describe({ from, to, groups, lines }: Swimlane, { lanes, shown }: SwimlaneLayout): string {
  const failed = groups.flatMap((group) => group.lanes).filter(({ failedAs }) => failedAs !== undefined).length;
  const rollouts = lines.filter(({ kind }) => kind === 'rollout' || kind === 'mitigation').length;
  const part = shown.to - shown.from + 1 < lanes ? ` Lanes ${shown.from} to ${shown.to} are shown.` : '';
  return `From ${absoluteTime(from)} to ${absoluteTime(to)} UTC: ${plural(lanes, 'pod')} in ${plural(groups.length, 'group')} of one revision and image each, ${failed} of them failing, and ${plural(rollouts, 'rollout')}.${part} The tables below say the same in words.`;
}
