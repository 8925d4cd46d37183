import { marker } from '#core/redact/marker.ts';
import type { Redacted } from '#core/redact/redact.ts';

/** Names in the counts what only the second net caught. */
export const secondNetRule = 'secretlint';

const ends = /[\s"'`,;)\]}<>]/;
const alreadyTaken = '[REDACTED:';

/** Loaded with the first log: a collector that never reads one does without. */
let loaded: Promise<Lint> | undefined;
type Lint = (text: string) => Promise<readonly (readonly [from: number, to: number])[]>;

async function load(): Promise<Lint> {
  const [{ lintSource }, { creator }, { secretLintProfiler }] = await Promise.all([
    import('@secretlint/core'),
    import('@secretlint/secretlint-rule-preset-recommend'),
    import('@secretlint/profiler'),
  ]);
  // Made for a run that ends: its marks of each text stay in memory for ever.
  secretLintProfiler.setEnabled(false);
  const config = { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }] };
  return async (content) => {
    const source = { filePath: 'container.log', content, contentType: 'text' as const };
    const { messages } = await lintSource({ source, options: { config, noPhysicFilePath: true } });
    return messages.map(({ range: [from, to] }) => [from, to] as const);
  };
}

/**
 * What the rules of `core/redact` left standing and another project's patterns know. A finding is cut to the end of its token,
 * because some ranges begin at the variable's name and are only as long as the secret.
 */
export async function catchRest(text: string): Promise<Redacted> {
  loaded ??= load();
  const lint = await loaded;
  return cutRanges(text, await lint(text));
}

export function cutRanges(text: string, ranges: readonly (readonly [from: number, to: number])[]): Redacted {
  const pieces: string[] = [];
  let done = 0;
  let count = 0;
  for (const [from, to] of ranges.toSorted(([a], [b]) => a - b)) {
    const end = tokenEnd(text, to);
    if (from < done || text.slice(from, end).includes(alreadyTaken)) continue;
    pieces.push(text.slice(done, from), marker(secondNetRule));
    done = end;
    count += 1;
  }
  return count === 0 ? { text, counts: {} } : { text: pieces.join('') + text.slice(done), counts: { [secondNetRule]: count } };
}

function tokenEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !ends.test(text.charAt(end))) end += 1;
  return end;
}
