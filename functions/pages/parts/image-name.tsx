import { repositoryOf } from '#core/incident/image.ts';
import type { Image } from '#core/incident/incident.ts';
import { visibleLine } from '#core/report/visible-text.ts';

/** Tag first, since that is what people say; the digest is what really ran. */
export function ImageName({ image, withRepository = true }: { readonly image: Image; readonly withRepository?: boolean }) {
  const { ref, tag, digest } = image;
  return (
    <span class="image" title={visibleLine(digest === undefined ? ref : `${ref} ${digest}`, 400)}>
      {withRepository ? <span class="image-repository">{visibleLine(repositoryOf(ref), 120)}:</span> : null}
      <span class="image-tag">{tag === undefined ? 'no tag' : visibleLine(tag, 128)}</span>
      <span class="image-digest">{digest === undefined ? ' (no digest on record)' : `@${digest.slice(0, 'sha256:'.length + 12)}`}</span>
    </span>
  );
}
