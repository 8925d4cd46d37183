import type { FoundSign } from '../rules/rule.ts';
import { formatInstant } from '../time/instant.ts';
import { failurePointOf } from './failure-point.ts';
import type { Chapter, Image } from './incident.ts';
import { isUnexplained } from './unexplained.ts';
import { phases, type Phase } from './vocabulary.ts';

/** A chapter with the signs it was made of. */
export interface BuiltChapter {
  readonly chapter: Chapter;
  readonly signs: readonly [FoundSign, ...FoundSign[]];
}

/** Groups the signs of one incident by container, symptom and image; in order of first time, then evidence id. */
export function buildChapters(signs: readonly FoundSign[]): readonly BuiltChapter[] {
  const byPlace = Map.groupBy(signs, (sign) => JSON.stringify([sign.container?.name ?? '', sign.symptom, sign.image?.ref ?? '']));
  return [...byPlace.values()]
    .flatMap(splitByDigest)
    .map(toChapter)
    .toSorted((a, b) => a.signs[0].from - b.signs[0].from || (a.signs[0].evidence[0].id < b.signs[0].evidence[0].id ? -1 : 1));
}

type SignList = readonly [FoundSign, ...FoundSign[]];

/** One known digest fills in the unknown ones; two known digests are two images under one name. */
function splitByDigest(signs: readonly FoundSign[]): readonly SignList[] {
  const digests = [...new Set(signs.flatMap((sign) => sign.image?.digest ?? []))];
  const [firstDigest] = digests;
  const groups = digests.length <= 1 ? [signs] : [...Map.groupBy(signs, (sign) => sign.image?.digest ?? firstDigest).values()];
  return groups.flatMap(([first, ...rest]) => (first === undefined ? [] : [[first, ...rest] as const]));
}

function toChapter(signs: SignList): BuiltChapter {
  const ordered = signs.toSorted((a, b) => a.from - b.from || (a.evidence[0].id < b.evidence[0].id ? -1 : 1));
  const [first = signs[0], ...rest] = ordered;
  const newest = ordered.at(-1) ?? first;
  const telling = ordered.findLast((sign) => !isUnexplained(sign.cause)) ?? newest;
  const step = furthest(ordered.map((sign) => sign.phase));
  const image = imageOf(ordered);
  return {
    signs: [first, ...rest],
    chapter: {
      symptom: first.symptom,
      reason: newest.reason,
      phase: first.container?.role === 'init' ? 'init' : step,
      failurePoint: failurePointOf(first.symptom, step),
      cause: telling.cause,
      basis: telling.basis,
      summary: telling.summary,
      rule: telling.rule,
      ...(first.container === undefined ? {} : { container: first.container.name, containerRole: first.container.role }),
      ...(image === undefined ? {} : { image }),
      pods: [...new Set(ordered.flatMap((sign) => sign.pod ?? []))],
      firstAt: formatInstant(first.from),
      lastAt: formatInstant(Math.max(...ordered.map((sign) => sign.lastAt))),
      terminations: new Set(ordered.flatMap((sign) => sign.deaths)).size,
      evidence: [...new Set(ordered.flatMap((sign) => sign.evidence.map((item) => item.id)))],
    },
  };
}

function furthest(reached: readonly Phase[]): Phase {
  return phases[Math.max(...reached.map((phase) => phases.indexOf(phase)))] ?? 'running';
}

function imageOf(signs: readonly FoundSign[]): Image | undefined {
  return signs.find((sign) => sign.image?.digest !== undefined)?.image ?? signs[0]?.image;
}
