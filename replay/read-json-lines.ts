import { readFile } from 'node:fs/promises';
import { MortemError } from '#core/errors.ts';
import type { z } from 'zod';

/**
 * Every line of a JSONL file, validated. A file that does not exist has no lines.
 * @throws {MortemError} `bad-input`, naming file and line
 */
export async function readJsonLines<Line>(file: string, schema: z.ZodType<Line>): Promise<readonly Line[]> {
  const text = await readOptional(file);
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [parseLine(line, schema, `${file}:${index + 1}`)]));
}

async function readOptional(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw new MortemError('bad-input', `${file} cannot be read; check that it is a file you may read`, { cause: error });
  }
}

function parseLine<Line>(line: string, schema: z.ZodType<Line>, where: string): Line {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    throw new MortemError('bad-input', `${where} is not JSON; the recording is damaged or was cut off`, { cause: error });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const what = issue === undefined ? 'unknown shape' : `${issue.path.join('.')}: ${issue.message}`;
  throw new MortemError('bad-input', `${where} is not a line of a recording (${what})`);
}
