import { z } from 'zod';
import { MortemError } from '#core/errors.ts';
import type { DraftWish } from '#core/report/draft-incident.ts';
import { isTimezone } from '#core/report/local-time.ts';
import { timelineTargets } from '#core/report/targets/render-timeline-for.ts';
import { targets } from '#core/report/targets/target.ts';
import type { TimelineWish } from '#core/report/timeline-incident.ts';
import { parseQuery } from './parse-query.ts';

type Parameters = Readonly<Record<string, string>>;

const timezone = z.string().max(64).refine(isTimezone, { error: 'is a zone like Europe/Berlin' }).exactOptional();
export const draftQuery = z.object({
  target: z
    .enum(targets, { error: `is one of ${targets.join(', ')}` })
    .exactOptional()
    .describe('Where it is pasted; Markdown by default'),
  heading: z.string().min(1).max(80).exactOptional().describe('Another heading for what is known of the cause'),
  timezone,
});
export const timelineQuery = z.object({
  target: z.enum(timelineTargets, { error: `is one of ${timelineTargets.join(', ')}` }).exactOptional(),
  timezone,
});
export const versionQuery = z.object({
  version: z.coerce.number({ error: 'is a whole number from 1' }).int().min(1).describe('A stored version, as it was then'),
});

/** @throws {MortemError} `usage`, with the parameter that is wrong */
export function parseDraftQuery(parameters: Parameters): DraftWish {
  return parseQuery(draftQuery, parameters);
}

/** @throws {MortemError} `usage`, with the parameter that is wrong */
export function parseTimelineQuery(parameters: Parameters): TimelineWish {
  return parseQuery(timelineQuery, parameters);
}

/**
 * The number of a stored version, where one is asked for.
 *
 * @throws {MortemError} `usage`
 */
export function parseVersion({ version, ...others }: Parameters): number | undefined {
  if (version === undefined) return undefined;
  const [other] = Object.keys(others);
  if (other !== undefined) throw new MortemError('usage', `A version is given as it was stored: leave out "${other}", or the version.`);
  return parseQuery(versionQuery, { version }).version;
}
