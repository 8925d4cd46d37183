import { shortImage } from '#core/incident/image.ts';
import type { SwimlaneLayout } from '#core/report/swimlane/layout-swimlane.ts';
import type { Lane, LaneGroup } from '#core/report/swimlane/swimlane.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { between, describeDuration } from '#core/time/duration.ts';
import { podAddress } from '../incident/pod-links.tsx';

interface PodTableProps {
  readonly layout: SwimlaneLayout;
  readonly cluster: string;
}

const shownSegments = 6;

/** The lanes of the picture in words, pod by pod. */
export function PodTable({ layout, cluster }: PodTableProps) {
  const lanes = layout.groups.flatMap(({ group, lanes: placed }) => placed.map(({ lane }) => ({ group, lane })));
  return (
    <details class="pods" id="pods">
      <summary>The same pods as a table</summary>
      <div class="scroll" role="group" aria-label="Pods" tabindex={0}>
        <table>
          <thead>
            <tr>
              {['Pod', 'Revision and image', 'Failed as', 'Restarts', 'Its life'].map((title) => (
                <th scope="col">{title}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lanes.map(({ group, lane }) => (
              <tr data-lane={lane.uid}>
                <th scope="row">
                  <a class="pod-name" href={podAddress(cluster, lane.uid)}>
                    {visibleLine(lane.pod, 253)}
                  </a>
                </th>
                <td>{groupText(group)}</td>
                <td>{lane.failedAs ?? 'no failure'}</td>
                <td>{lane.restarts}</td>
                <td>{lifeText(lane)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function groupText({ revisions, revisionHash, image }: LaneGroup): string {
  const name = revisions.length > 0 ? revisions.join(', ') : revisionHash;
  return [name === undefined ? undefined : visibleLine(name, 40), image === undefined ? undefined : visibleLine(shortImage(image), 60)]
    .filter((part) => part !== undefined)
    .join(' · ');
}

function lifeText({ segments }: Lane): string {
  const told = segments.filter(({ from, to, state }) => state === 'failing' || between(from, to) > 0);
  const words = told
    .slice(0, shownSegments)
    .map(
      ({ state, phase, from, to }) =>
        `${state === 'ready' ? 'ready' : `${phase}${state === 'failing' ? ' failing' : ''}`} ${describeDuration(between(from, to))}`,
    );
  const left = told.length - shownSegments;
  return `${words.join(' → ')}${left > 0 ? ` → ${left} more` : ''}`;
}
