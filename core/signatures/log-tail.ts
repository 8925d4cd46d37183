import { stripAnsi } from './strip-ansi.ts';

export interface LogLine {
  /** Without escape sequences, without the kubelet's time stamp, cut at `maxLineCharacters`. */
  readonly text: string;
  readonly lower: string;
  /** Counted from 1 in the whole log. */
  readonly number: number;
}

const maxLines = 200;
/** Megabyte lines exist; what a program says of its failure stands at the start of the line. */
export const maxLineCharacters = 4096;

/** `kubectl logs --timestamps` and the runtime's own files put this in front of each line. */
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d) (?:(?:stdout|stderr) [FP] )?/;

function cleanLine(line: string, number: number): LogLine {
  const text = stripAnsi(line.slice(0, maxLineCharacters)).replace(timestamp, '').replace(/\r$/, '');
  return { text, lower: text.toLowerCase(), number };
}

function countLines(text: string, end: number): number {
  let lines = 0;
  for (let position = text.indexOf('\n'); position !== -1 && position < end; position = text.indexOf('\n', position + 1)) lines += 1;
  return lines;
}

/** The last lines of a log, cleaned, oldest first. */
export function logTail(log: string): readonly LogLine[] {
  let start = log.endsWith('\n') ? log.length - 1 : log.length;
  const end = start;
  for (let lines = 0; lines < maxLines && start > 0; lines += 1) start = log.lastIndexOf('\n', start - 1);
  const from = start <= 0 ? 0 : start + 1;
  const first = countLines(log, from) + 1;
  return log
    .slice(from, end)
    .split('\n')
    .map((line, index) => cleanLine(line, first + index));
}
