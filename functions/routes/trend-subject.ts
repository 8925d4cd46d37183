import { MortemError } from '#core/errors.ts';
import { trendSubjects, type TrendSubject } from '#core/trends/trend.ts';

/** @throws {MortemError} `not-found`, with those that there are */
export function subjectOf(text: string): TrendSubject {
  const subject = trendSubjects.find((known) => known === text);
  if (subject !== undefined) return subject;
  throw new MortemError('not-found', `There is no trend of ${JSON.stringify(text.slice(0, 80))}. There are ${trendSubjects.join(', ')}.`);
}
