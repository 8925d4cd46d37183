/** How a terminal can draw; undefined where nobody looks. */
export type SparklineStyle = 'unicode' | 'ascii';

const levels: Readonly<Record<SparklineStyle, string>> = { unicode: ' ▁▂▃▄▅▆▇█', ascii: ' .:-=+*#@' };
const widest = 30;

/** One character for each count, the tallest for the largest; more than 30 are summed to at most so many. What is not zero is seen. */
export function sparkline(counts: readonly number[], style: SparklineStyle): string {
  const perCell = Math.ceil(counts.length / widest);
  const cells = Array.from({ length: Math.ceil(counts.length / perCell) }, (_, index) =>
    counts.slice(index * perCell, (index + 1) * perCell).reduce((sum, count) => sum + count, 0),
  );
  const most = Math.max(1, ...cells);
  const characters = Array.from(levels[style]);
  const top = characters.length - 1;
  return cells.map((count) => characters[Math.ceil((count / most) * top)] ?? '').join('');
}

/** Drawn on a terminal only: a column of bars is nothing to parse. */
export function sparklineStyle(isTerminal: boolean, env: NodeJS.ProcessEnv): SparklineStyle | undefined {
  if (!isTerminal) return undefined;
  // The first that is set decides, as in setlocale(3).
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((name) => name !== undefined && name !== '');
  return /utf-?8/i.test(locale ?? '') && env['TERM'] !== 'dumb' ? 'unicode' : 'ascii';
}
