import { array, boolean, string, stringMatching, tuple, type Arbitrary } from 'fast-check';

/**
 * Texts that an expression may match: drawn from the expression itself, what it forbids around them left out and what it wants
 * around them put in, in either case where it asks for neither, with something before and after.
 */
export function drawnFrom({ source, ignoreCase }: RegExp): Arbitrary<string> {
  const matched = stringMatching(new RegExp(withoutLookarounds(source)), { maxLength: 200 });
  const cased = ignoreCase
    ? tuple(matched, array(boolean(), { minLength: 8, maxLength: 8 })).map(([text, upper]) => recase(text, upper))
    : matched;
  return tuple(string({ maxLength: 3 }), cased, string({ maxLength: 3 })).map((parts) => parts.join(''));
}

function recase(text: string, upper: readonly boolean[]): string {
  return Array.from(text)
    .map((letter, index) => (upper[index % upper.length] === true ? letter.toUpperCase() : letter.toLowerCase()))
    .join('');
}

/** `(?=…)` is drawn like the rest; the other three only say what must not be there, or what is drawn already. */
function withoutLookarounds(source: string): string {
  let kept = '';
  for (let at = 0; at < source.length;) {
    if (/^\(\?(?:!|<!|<=)/.test(source.slice(at))) at = groupEnd(source, at);
    else if (source.startsWith('(?=', at)) {
      kept += '(?:';
      at += 3;
    } else {
      const length = tokenLength(source, at);
      kept += source.slice(at, at + length);
      at += length;
    }
  }
  return kept.replaceAll('\\b', '');
}

function groupEnd(source: string, from: number): number {
  let depth = 0;
  for (let at = from; at < source.length; at += tokenLength(source, at)) {
    if (source[at] === '(') depth += 1;
    if (source[at] === ')') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return source.length;
}

/** An escaped character or a whole class counts as one. */
function tokenLength(source: string, at: number): number {
  return /^(?:\\.|\[(?:\\.|[^\]\\])*\])/.exec(source.slice(at))?.[0].length ?? 1;
}
