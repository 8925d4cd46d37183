import type { Termination } from '../ledger/termination.ts';
import type { Wait } from '../ledger/wait.ts';
import { hour } from '../time/instant.ts';
import type { TrendSubject } from './trend.ts';
import type { TrendDay } from './trend-rows.ts';

const day = 24 * hour;

/** The day of a moment, in UTC: epoch milliseconds of its beginning. */
export function dayOf(at: number): number {
  return Math.floor(at / day) * day;
}

/** What a death counts as; stops and completions count as nothing. */
export function subjectsOf({
  expected,
  reason,
  memoryDeath,
}: Pick<Termination, 'expected' | 'reason' | 'memoryDeath'>): readonly TrendSubject[] {
  if (expected) return [];
  return [
    'restarts',
    ...(reason === 'OOMKilled' ? (['oomkilled'] as const) : []),
    ...(memoryDeath === undefined ? [] : (['memory'] as const)),
  ];
}

interface Why {
  readonly memoryDeath?: string | null;
  readonly cause?: string | null;
  readonly reason: string;
}

/** What a death is counted under beside its place: the kind of memory death, or why it died. */
export function detailOf(of: TrendSubject, { memoryDeath, cause, reason }: Why): string {
  return of === 'restarts' ? (cause ?? reason) : (memoryDeath ?? 'unexplained');
}

/** Sums a workload's deaths and waits by day and place; a death belongs to the day it finished, a wait to the day it began. */
export function rollUpDays(terminations: readonly Termination[], waits: readonly Wait[]): readonly TrendDay[] {
  const days = new Map<string, TrendDay>();
  const add = (row: Omit<TrendDay, 'day' | 'count' | 'firstAt' | 'lastAt'>, at: number) => {
    const { of, container, image, node, detail } = row;
    const key = JSON.stringify([of, dayOf(at), container, image.ref, image.digest, node, detail]);
    const known = days.get(key) ?? { ...row, day: dayOf(at), count: 0, firstAt: at, lastAt: at };
    days.set(key, { ...known, count: known.count + 1, firstAt: Math.min(known.firstAt, at), lastAt: Math.max(known.lastAt, at) });
  };
  for (const termination of terminations) {
    const { container, image, node = '' } = termination;
    for (const of of subjectsOf(termination)) {
      add({ of, container, image, node, detail: detailOf(of, termination) }, Date.parse(termination.finishedAt));
    }
  }
  for (const { kind, container = '', image = { ref: '' }, node = '', cause, from } of waits) {
    add({ of: kind, container, image, node, detail: cause }, Date.parse(from));
  }
  return [...days.values()];
}
