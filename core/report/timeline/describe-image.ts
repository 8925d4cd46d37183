import { repositoryOf } from '../../incident/image.ts';
import type { Image } from '../../incident/incident.ts';
import { quote, words, type Inline } from '../inline.ts';

/** `platform/api:2026-04-22@sha256:6f48f909fb53`, or with the words that no digest is known. */
export function describeImage(image: Image): readonly Inline[] {
  const name = `${repositoryOf(image.ref)}${image.tag === undefined ? '' : `:${image.tag}`}`;
  if (image.digest === undefined) return [quote(name), words(' (no digest on record)')];
  return [quote(`${name}@${shortDigest(image.digest)}`)];
}

/** `2026-04-22`, or the digest where there is no tag: enough to tell rows of one workload apart. */
export function describeTag(image: Image): readonly Inline[] {
  return [quote(image.tag ?? (image.digest === undefined ? image.ref : shortDigest(image.digest)))];
}

/** `2026-04-22@sha256:6f48f909fb53`: which artefact it was, whatever the tag means by now. */
export function describeTagAndDigest(image: Image): readonly Inline[] {
  if (image.tag === undefined || image.digest === undefined) return describeTag(image);
  return [quote(`${image.tag}@${shortDigest(image.digest)}`)];
}

export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
