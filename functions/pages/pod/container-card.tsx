import { deathEvidence } from '#core/evidence/evidence-id.ts';
import type { ContainerHistory, Death } from '#core/history/container-history.ts';
import { imageOf, livedFor, memoryLimitOf } from '#core/history/pod-facts.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { describeDuration } from '#core/time/duration.ts';
import { EvidenceLink } from '../parts/evidence-link.tsx';
import { Facts } from '../parts/facts.tsx';
import { ImageName } from '../parts/image-name.tsx';
import { Clock } from '../parts/moment.tsx';

/** A pod that restarts for days has more deaths than anybody reads. */
const shownDeaths = 50;

/** What a container runs, and how its instances died. */
export function ContainerCard({ container }: { readonly container: ContainerHistory }) {
  const deaths = container.deaths;
  const { status } = container;
  return (
    <div class="container">
      <h3>
        {visibleLine(container.name, 63)} {container.role === 'app' ? null : <span class="tag">{container.role}</span>}
      </h3>
      <Facts
        facts={[
          ['Image', <ImageName image={imageOf(status)} />],
          ['Restarts', String(status.restartCount ?? 0)],
          ['Memory limit', visibleLine(status.resourcesInForce?.limits?.['memory'] ?? status.resources?.limits?.['memory'] ?? 'none', 30)],
          ['Memory request', visibleLine(status.resources?.requests?.['memory'] ?? 'none', 30)],
        ]}
      />
      {deaths.length === 0 ? <p>None of its instances died.</p> : <Deaths deaths={deaths} name={container.name} />}
    </div>
  );
}

function Deaths({ deaths, name }: { readonly deaths: readonly Death[]; readonly name: string }) {
  return (
    <div class="scroll" role="group" aria-label={`Deaths of ${visibleLine(name, 63)}`} tabindex={0}>
      <table>
        <thead>
          <tr>
            {['Instance', 'Died, UTC', 'Reason', 'Exit', 'Alive for', 'Memory limit', 'Evidence'].map((title) => (
              <th scope="col">{title}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {deaths.slice(-shownDeaths).map((death) => {
            const lived = livedFor(death);
            return (
              <tr>
                <th scope="row">{death.index}</th>
                <td class="nowrap">
                  <Clock at={death.end.finishedAt} />
                </td>
                <td>{visibleLine(death.end.terminated.reason ?? 'none given', 80)}</td>
                <td>{death.end.terminated.exitCode}</td>
                <td class="nowrap">{lived === undefined ? 'unknown' : describeDuration(lived)}</td>
                <td>{visibleLine(memoryLimitOf(death) ?? 'none', 30)}</td>
                <td>{death.containerID === undefined ? '' : <EvidenceLink id={deathEvidence(death.containerID)} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {deaths.length > shownDeaths ? (
        <p class="muted">
          The last {shownDeaths} of {deaths.length}.
        </p>
      ) : null}
    </div>
  );
}
