import type { Clock } from '#core/ports.ts';
import { minute } from '#core/time/instant.ts';
import type { IncidentPicture } from './read-incident-records.ts';

/** What incidents were drawn from lately: a meeting opens the same one again and again, page by page. */
export interface RecentRecords {
  /** @param key changes whenever the incident does */
  get(key: string, make: () => Promise<IncidentPicture | undefined>): Promise<IncidentPicture | undefined>;
}

/** One with five hundred pods is some megabytes. */
const maxKept = 8;
/** A late record may add a row to an incident that is over without changing it: then its pages follow this much later. */
const maxAgeMs = minute;

export function createRecentRecords(clock: Clock): RecentRecords {
  const kept = new Map<string, { readonly picture: Promise<IncidentPicture | undefined>; readonly madeAt: number }>();
  return {
    async get(key, make) {
      const now = clock.now().getTime();
      const known = kept.get(key);
      if (known !== undefined && now - known.madeAt < maxAgeMs) return known.picture;
      const picture = make();
      kept.delete(key);
      kept.set(key, { picture, madeAt: now });
      const [oldest] = kept.keys();
      if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
      // A failure is told to whoever waits for it, and the next one tries again.
      picture.catch(() => kept.delete(key));
      return picture;
    },
  };
}
