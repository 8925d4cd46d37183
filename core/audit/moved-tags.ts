import { compareText } from '../compare-text.ts';
import { formatInstant } from '../time/instant.ts';
import type { MovedTag } from './rollback-audit.ts';

/** Where and when one tag was seen to mean one digest. Times are epoch milliseconds. */
export interface DigestSighting {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
  readonly cluster: string;
  readonly firstAt: number;
  /** Undefined while a pod of it is there. */
  readonly lastAt?: number;
}

/** Tags under which more than one digest ran, in whatever cluster. */
export function movedTags(sightings: readonly DigestSighting[]): readonly MovedTag[] {
  return [...Map.groupBy(sightings, ({ repository, tag }) => JSON.stringify([repository, tag])).values()]
    .flatMap((same) => {
      const [first] = same;
      const digests = [...Map.groupBy(same, ({ digest }) => digest)].map(([digest, seen]) => toDigest(digest, seen));
      if (first === undefined || digests.length < 2) return [];
      return [{ repository: first.repository, tag: first.tag, digests: digests.toSorted(byFirstTime) }];
    })
    .toSorted((a, b) => compareText(a.repository, b.repository) || compareText(a.tag, b.tag));
}

type Digest = MovedTag['digests'][number];

function toDigest(digest: string, seen: readonly DigestSighting[]): Digest {
  const last = seen.some(({ lastAt }) => lastAt === undefined) ? undefined : Math.max(...seen.map(({ lastAt }) => lastAt ?? 0));
  return {
    digest,
    firstAt: formatInstant(Math.min(...seen.map(({ firstAt }) => firstAt))),
    clusters: [...new Set(seen.map(({ cluster }) => cluster))].toSorted(compareText),
    ...(last === undefined ? {} : { lastAt: formatInstant(last) }),
  };
}

function byFirstTime(a: Digest, b: Digest): number {
  return Date.parse(a.firstAt) - Date.parse(b.firstAt) || compareText(a.digest, b.digest);
}
