import type { Image } from '../incident/incident.ts';
import { day } from '../time/instant.ts';
import type { TrendSubject } from './trend.ts';

const week = 7 * day;
/** The first Monday of the epoch was its fifth day. */
const firstMonday = 4 * day;

/** The Monday, 00:00 UTC, of the week of a moment. */
export function weekOf(at: number): number {
  return Math.floor((at - firstMonday) / week) * week + firstMonday;
}

/** Texts that repeat: how often in a row which. */
export interface Runs {
  readonly values: readonly string[];
  /** Index of a value and length, in turn. */
  readonly runs: readonly number[];
}

/**
 * Things that were counted, column by column and in the order of time: a fleet has hundreds of thousands of them, and an object
 * for each costs more than all that is asked of it.
 */
export interface TrendColumns {
  /** Seconds after the beginning of the week. */
  readonly at: readonly number[];
  /** Seconds alive before a death, or waited; -1 where it is not known. */
  readonly lived: readonly number[];
  /** Kind of memory death, or the cause. */
  readonly detail: Runs;
  /** Memory limit in force, '' where none was set. */
  readonly limit: Runs;
  /** '' where none is known. */
  readonly node: Runs;
}

/** What one container of one workload adds to a trend in one week, on one image. */
export interface TrendWeek {
  readonly of: TrendSubject;
  /** See {@link weekOf}. */
  readonly week: number;
  readonly container: string;
  readonly image: Image;
  /** How many on each of its seven days. */
  readonly days: readonly number[];
  readonly columns: TrendColumns;
}

export function toRuns(texts: readonly string[]): Runs {
  const indexes = new Map<string, number>();
  const runs: number[] = [];
  let last: string | undefined;
  for (const text of texts) {
    const index = indexes.get(text) ?? indexes.size;
    indexes.set(text, index);
    if (text === last) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
    else runs.push(index, 1);
    last = text;
  }
  return { values: [...indexes.keys()], runs };
}
