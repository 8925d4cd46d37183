import type { FailedDigest, MovedTag } from '#core/audit/rollback-audit.ts';
import { visibleLine } from '#core/report/visible-text.ts';
import { absoluteTime } from '../parts/moment.tsx';

const shown = 50;

/** One tag, two artefacts: a rollback to the tag need not bring back what ran. */
export function MovedTags({ tags }: { readonly tags: readonly MovedTag[] }) {
  if (tags.length === 0) return null;
  return (
    <section aria-labelledby="moved-tags">
      <h2 id="moved-tags">Tags that moved</h2>
      <div class="scroll" role="group" aria-labelledby="moved-tags" tabindex={0}>
        <table>
          <thead>
            <tr>
              {['Tag', 'Digest', 'First seen, UTC', 'Last seen, UTC', 'Clusters'].map((title) => (
                <th scope="col">{title}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {tags.slice(0, shown).flatMap(({ repository, tag, digests }) =>
              digests.map((sighting) => (
                <tr>
                  <th scope="row">
                    {visibleLine(repository, 200)}:{visibleLine(tag, 128)}
                  </th>
                  <td>
                    <Digest digest={sighting.digest} />
                  </td>
                  <td class="nowrap">{absoluteTime(Date.parse(sighting.firstAt))}</td>
                  <td class="nowrap">{sighting.lastAt === undefined ? 'still runs' : absoluteTime(Date.parse(sighting.lastAt))}</td>
                  <td>{sighting.clusters.map((cluster) => visibleLine(cluster, 120)).join(', ')}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** One artefact that failed in several places: it is the artefact. */
export function FailedDigests({ digests }: { readonly digests: readonly FailedDigest[] }) {
  if (digests.length === 0) return null;
  return (
    <section aria-labelledby="failed-digests">
      <h2 id="failed-digests">Digests that failed in several clusters</h2>
      <ul class="plain">
        {digests.slice(0, shown).map(({ repository, digest, tags, clusters }) => (
          <li>
            {visibleLine(repository, 200)} <Digest digest={digest} /> ({tags.map((tag) => visibleLine(tag, 128)).join(', ')}):{' '}
            {clusters
              .map(
                ({ cluster, symptoms, deaths }) =>
                  `${visibleLine(cluster, 120)} ${symptoms.map((symptom) => visibleLine(symptom, 63)).join(', ')}${deaths === 0 ? '' : ` ×${deaths}`}`,
              )
              .join('; ')}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Digest({ digest }: { readonly digest: string }) {
  return (
    <a class="mono" href={`/audit?image=${encodeURIComponent(digest)}`}>
      {visibleLine(digest.slice(0, 'sha256:'.length + 12), 40)}
    </a>
  );
}
