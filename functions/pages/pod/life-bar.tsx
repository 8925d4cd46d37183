import type { Segment } from '#core/report/swimlane/segment.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { between, describeDuration } from '#core/time/duration.ts';
import { Clock } from '../parts/moment.tsx';

const shown = 60;

/** The phases a pod went through, as a list that reads like the lane of the picture. */
export function LifeBar({ segments: all }: { readonly segments: readonly Segment[] }) {
  // Kubernetes' times are whole seconds: what took none of them is no news unless it failed.
  const segments = all.filter(({ from, to, state }) => state === 'failing' || between(from, to) > 0);
  return (
    <>
      {segments.length > shown ? (
        <p class="muted">
          The last {shown} of {segments.length} stretches.
        </p>
      ) : null}
      <ol class="life">
        {segments.slice(-shown).map((segment) => (
          <li class={`life-${segment.state}`}>
            <span class="life-time">
              <Clock at={segment.from} />
            </span>
            <span class="life-phase">
              {segment.state === 'failing' ? '✕ ' : ''}
              {segment.state === 'ready' ? 'ready' : segment.phase}
            </span>
            <span class="life-word">{segment.state === 'ready' ? '' : visibleLine(segment.word, 120)}</span>
            <span class="life-length">{describeDuration(between(segment.from, segment.to))}</span>
          </li>
        ))}
      </ol>
    </>
  );
}
