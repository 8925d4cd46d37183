import { isUtf8 } from 'node:buffer';
import { MortemError } from '#core/errors.ts';
import type { RejectedLine } from '#core/store-model.ts';
import type { Observation } from '#core/wire/observation.ts';
import { parseLine, type ParsedLine } from '#core/wire/parse-line.ts';

/** Ten times what a full batch of the smallest observations has: beyond it, the answer would be larger than the question. */
export const maxLines = 100_000;

export interface ParsedBatch {
  readonly observations: readonly Observation[];
  /** Left out for a body that is not UTF-8. */
  readonly written?: WrittenBody;
  /** Lines are counted from 1, empty ones included. */
  readonly rejected: readonly RejectedLine[];
}

/** A body beside what was read in it. */
export interface WrittenBody {
  readonly text: string;
  /** Of all its observations, as they were read; not a number where the schema dropped something. */
  readonly fields: number;
}

const newline = 0x0a;

/**
 * NDJSON to observations. One invalid line is rejected by number and reason; the rest is kept.
 *
 * @param refine judges and changes what the schema lets pass
 * @throws {MortemError} `bad-input` without any line, `too-large` with too many
 */
export function parseBatch(body: Buffer, refine: (observation: Observation) => ParsedLine = pass): ParsedBatch {
  const text = isUtf8(body) ? body.toString('utf8') : undefined;
  const lines = text?.split('\n', maxLines + 1) ?? splitLossless(body);
  if (lines.length > maxLines)
    throw new MortemError('too-large', `The body has more than ${maxLines} lines. Send fewer observations in one batch.`);
  const observations: Observation[] = [];
  const rejected: RejectedLine[] = [];
  let fields = 0;
  for (const [index, line] of lines.entries()) {
    if (line?.trim() === '') continue;
    const read = line === undefined ? invalidUtf8 : parseSafely(line);
    if (read.ok) fields += read.fields ?? NaN;
    const parsed = read.ok ? refine(read.observation) : read;
    if (parsed.ok) observations.push(parsed.observation);
    else rejected.push({ line: index + 1, reason: parsed.reason });
  }
  if (observations.length + rejected.length === 0) {
    throw new MortemError('bad-input', 'The body holds no observation. Send at least one line of NDJSON.');
  }
  return { observations, rejected, ...(text !== undefined && { written: { text, fields } }) };
}

const pass = (observation: Observation): ParsedLine => ({ ok: true, observation });

const invalidUtf8: ParsedLine = { ok: false, reason: 'line is not valid UTF-8' };

/** A line of brackets can be nested deeper than the stack. */
function parseSafely(line: string): ParsedLine {
  try {
    return parseLine(line);
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, reason: 'line is nested too deeply' };
    throw error;
  }
}

/** The slow way, for a body that is not UTF-8 as a whole: `undefined` stands for each line that is not. */
function splitLossless(body: Buffer): (string | undefined)[] {
  const lines: (string | undefined)[] = [];
  for (let start = 0; start <= body.length;) {
    const found = body.indexOf(newline, start);
    const end = found === -1 ? body.length : found;
    const line = body.subarray(start, end);
    lines.push(isUtf8(line) ? line.toString('utf8') : undefined);
    if (lines.length > maxLines) return lines;
    start = end + 1;
  }
  return lines;
}
