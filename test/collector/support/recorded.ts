import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Line {
  readonly at: string;
  readonly resource: string;
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** Watch lines of one resource of a recording, bookmarks left out. */
export function recordedLines(recording: string, resource: string): readonly Line[] {
  const file = join(import.meta.dirname, '../../recordings', recording, 'watch.jsonl');
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line): Line => JSON.parse(line))
    .filter((line) => line.resource === resource && line.type !== 'BOOKMARK');
}

/** The last state of a resource's only or latest object. */
export function lastObject(recording: string, resource: string): Readonly<Record<string, unknown>> {
  const last = recordedLines(recording, resource).at(-1);
  if (last === undefined) throw new Error(`${recording} has no ${resource}`);
  return last.object;
}
