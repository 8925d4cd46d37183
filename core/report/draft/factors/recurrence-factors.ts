import type { Incident } from '../../../incident/incident.ts';
import { hour } from '../../../time/instant.ts';
import { join, words, type Inline } from '../../inline.ts';
import type { DraftInput } from '../draft-input.ts';
import { told } from '../phrases.ts';
import type { Factor } from './factor.ts';

const window = 30 * 24 * hour;

/** The n-th time that the same container failed in the same way, within 30 days. */
export function recurrenceFactors({ built, earlier }: DraftInput): readonly Factor[] {
  const { incident } = built;
  const onset = Date.parse(incident.onsetAt);
  const before = earlier.filter((other) => Date.parse(other.onsetAt) >= onset - window);
  return incident.chapters.slice(0, 3).flatMap(({ symptom, container }) => {
    const same = before.filter((other) => hasChapter(other, symptom, container)).toReversed();
    if (same.length === 0) return [];
    const named = same.slice(0, 2).map((other): readonly Inline[] => [told(other.id)]);
    const what: readonly Inline[] = [
      words('This is the '),
      words(ordinal(same.length + 1)),
      words(' incident of this workload with '),
      told(symptom),
      ...(container === undefined ? [] : [words(' of container '), told(container)]),
      words(' within 30 days; before it '),
      ...join(named, ', '),
      words('.'),
    ];
    return [{ what }];
  });
}

function hasChapter(incident: Incident, symptom: string, container: string | undefined): boolean {
  return incident.chapters.some((chapter) => chapter.symptom === symptom && chapter.container === container);
}

function ordinal(count: number): string {
  const rest = count % 100;
  const suffix = rest >= 11 && rest <= 13 ? 'th' : (({ 1: 'st', 2: 'nd', 3: 'rd' } as const)[count % 10] ?? 'th');
  return `${count}${suffix}`;
}
