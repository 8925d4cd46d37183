import { second } from '../time/instant.ts';
import type { TrendPlace } from './group-key.ts';
import type { TrendEntry } from './build-markers.ts';
import { toRuns, type Runs, type TrendColumns } from './trend-week.ts';

/** A stretch of one week of one container on one image, as far as it is within the window. */
export interface TrendBlock {
  /** By node, that of every row; else ''. */
  readonly place: TrendPlace;
  /** Epoch milliseconds that the seconds of the columns count from. */
  readonly week: number;
  readonly columns: TrendColumns;
  /** The rows that count: from the first of these, before the second. */
  readonly from: number;
  readonly to: number;
}

/** What of a week lies in a span; undefined where nothing does. */
export function cutBlock(
  place: TrendPlace,
  { week, columns }: { readonly week: number; readonly columns: TrendColumns },
  { since, until }: { readonly since: number; readonly until: number },
): TrendBlock | undefined {
  const from = firstFrom(columns.at, (since - week) / second);
  const to = firstFrom(columns.at, (until - week) / second);
  return from < to ? { place, week, columns, from, to } : undefined;
}

/** Index of the first that is not smaller. */
function firstFrom(ascending: readonly number[], least: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Epoch milliseconds of one row. */
export function timeOf({ week, columns }: TrendBlock, row: number): number {
  return week + Math.round((columns.at[row] ?? 0) * second);
}

/** The stretches of rows of a block that share one text. */
export function* stretches({ values, runs }: Runs, { from, to }: TrendBlock): Generator<{ text: string; from: number; to: number }> {
  let start = 0;
  for (let run = 0; run < runs.length && start < to; run += 2) {
    const end = start + (runs[run + 1] ?? 0);
    if (end > from) yield { text: values[runs[run] ?? 0] ?? '', from: Math.max(start, from), to: Math.min(end, to) };
    start = end;
  }
}

/** The same rows, apart by the node they died on. */
export function splitByNode(block: TrendBlock): readonly TrendBlock[] {
  const { at, lived, detail, node } = block.columns;
  const details = textsOf(detail, block);
  const rows = new Map<string, { at: number[]; lived: number[]; details: string[] }>();
  for (const { text, from, to } of stretches(node, block)) {
    const own = rows.get(text) ?? { at: [], lived: [], details: [] };
    rows.set(text, own);
    for (let row = from; row < to; row += 1) {
      own.at.push(at[row] ?? 0);
      own.lived.push(lived[row] ?? -1);
      own.details.push(details[row - block.from] ?? '');
    }
  }
  return [...rows].map(([name, own]) => ({
    ...block,
    place: { ...block.place, node: name },
    // Limits are not asked for by node.
    columns: { at: own.at, lived: own.lived, detail: toRuns(own.details), limit: toRuns([]), node: toRuns([]) },
    from: 0,
    to: own.at.length,
  }));
}

/** One object for each: for what few groups are asked for. */
export function entriesOf(block: TrendBlock): readonly TrendEntry[] {
  const { columns, place } = block;
  const limits = textsOf(columns.limit, block);
  return limits.map((limit, index) => ({
    at: timeOf(block, block.from + index),
    container: place.container,
    image: place.image,
    ...(limit === '' ? {} : { memoryLimit: limit }),
  }));
}

/** Of each of its rows. */
function textsOf(runs: Runs, block: TrendBlock): readonly string[] {
  return [...stretches(runs, block)].flatMap(({ text, from, to }) => Array<string>(to - from).fill(text));
}
