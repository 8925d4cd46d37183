import { z } from 'zod';
import { MortemError } from '#core/errors.ts';
import type { DraftWish } from '#core/report/draft-incident.ts';
import { isTimezone } from '#core/report/draft/local-time.ts';
import { targets } from '#core/report/targets/target.ts';

const query = z.object({
  target: z.enum(targets, { error: `is one of ${targets.join(', ')}` }).optional(),
  heading: z.string().min(1).max(80).optional(),
  timezone: z.string().max(64).refine(isTimezone, { error: 'is a zone like Europe/Berlin' }).optional(),
});

/** @throws {MortemError} `usage`, with the parameter that is wrong */
export function parseDraftWish(parameters: Readonly<Record<string, string>>): DraftWish {
  const parsed = query.safeParse(parameters);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new MortemError(
      'usage',
      `The query parameter "${issue?.path.join('.') ?? ''}" is not right: it ${issue?.message ?? 'is refused'}.`,
    );
  }
  const { target, heading, timezone } = parsed.data;
  return {
    ...(target === undefined ? {} : { target }),
    ...(heading === undefined ? {} : { heading }),
    ...(timezone === undefined ? {} : { timezone }),
  };
}
