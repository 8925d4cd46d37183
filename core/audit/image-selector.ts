import { MortemError } from '../errors.ts';
import { repositoryOf, toImage } from '../incident/image.ts';
import type { Image } from '../incident/incident.ts';
import type { ImageSelector } from './audit-query.ts';

const digestPattern = /^sha256:[0-9a-f]{7,64}$/;

/**
 * `REPO[:TAG][@DIGEST]`, or a digest alone; a digest may be cut as `docker images --digests` and people cut it.
 *
 * @throws {MortemError} `usage` with the forms it can have
 */
export function parseImageSelector(text: string): ImageSelector {
  const bare = text.startsWith('@') ? text.slice(1) : text;
  if (digestPattern.test(bare)) return { digest: bare };
  const { tag, digest } = toImage(text);
  const repository = repositoryOf(text);
  if (repository === '' || /\s/.test(text) || (digest !== undefined && !digestPattern.test(digest))) {
    throw new MortemError(
      'usage',
      `"${text}" is no image. Use REPO, REPO:TAG, REPO@sha256:… or sha256:… with at least 7 digits, for example platform/api:2026-04-22.`,
    );
  }
  return { repository, ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

/**
 * How an image answers to a selector: by its digest where one is asked for, by its tag where the digest is not known or not asked
 * for, by its repository; undefined when it does not.
 */
export function matchImage({ repository, tag, digest }: ImageSelector, image: Image): 'digest' | 'tag' | 'repository' | undefined {
  if (digest !== undefined && image.digest !== undefined) return image.digest.startsWith(digest) ? 'digest' : undefined;
  if (repository === undefined || repositoryOf(image.ref) !== repository) return undefined;
  if (tag !== undefined) return image.tag === tag ? 'tag' : undefined;
  return digest === undefined ? 'repository' : undefined;
}
