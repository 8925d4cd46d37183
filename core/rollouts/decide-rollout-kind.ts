import type { Image } from '../incident/incident.ts';
import type { RolloutKind } from '../incident/vocabulary.ts';

export interface RevisionImages {
  readonly revision?: string;
  readonly revisionHash?: string;
  readonly images: readonly (Image & { readonly container: string })[];
}

export interface RolloutDecision {
  readonly kind: RolloutKind;
  /** The revision that a rollback returned to. */
  readonly of?: string;
}

/**
 * What a rollout did to the images, by digest where one is known and by reference otherwise.
 *
 * @param earlier revisions before it, oldest first
 */
export function decideRolloutKind(next: RevisionImages, earlier: readonly RevisionImages[]): RolloutDecision {
  const previous = earlier.at(-1);
  if (previous === undefined) return { kind: 'rollout' };
  // The same template came back: a ReplicaSet that existed before, whatever its images are called.
  const sameTemplate =
    next.revisionHash !== undefined && next.revisionHash !== previous.revisionHash
      ? earlier.findLast((revision) => revision.revisionHash === next.revisionHash)
      : undefined;
  if (sameTemplate !== undefined) return rollbackTo(sameTemplate);
  if (sameImages(next, previous, sameArtefact)) {
    return { kind: sameImages(next, previous, (a, b) => a.ref === b.ref) ? 'rollout' : 'same-digest-retag' };
  }
  const ranBefore = earlier.findLast((revision) => revision !== previous && sameImages(next, revision, sameArtefact));
  if (ranBefore !== undefined) return rollbackTo(ranBefore);
  return { kind: sameImages(next, previous, (a, b) => a.ref === b.ref) ? 'retag' : 'rollout' };
}

function rollbackTo(revision: RevisionImages): RolloutDecision {
  return { kind: 'rollback', ...(revision.revision === undefined ? {} : { of: revision.revision }) };
}

function sameImages(a: RevisionImages, b: RevisionImages, same: (a: Image, b: Image) => boolean): boolean {
  return (
    a.images.length === b.images.length &&
    a.images.every((image) => b.images.some((other) => other.container === image.container && same(image, other)))
  );
}

function sameArtefact(a: Image, b: Image): boolean {
  return a.digest !== undefined && b.digest !== undefined ? a.digest === b.digest : a.ref === b.ref && a.digest === b.digest;
}
