/** One row of a cause table: the first row that matches decides, so rows stand in order of precedence. */
export interface CausePattern<Cause extends string> {
  readonly cause: Cause;
  readonly pattern: RegExp;
}

export interface MatchedCause<Cause extends string> {
  readonly cause: Cause;
  /** The part of the text that decided. */
  readonly matched: string;
}

/** The first row of `table` whose pattern occurs in `text`. */
export function firstMatch<Cause extends string>(table: readonly CausePattern<Cause>[], text: string): MatchedCause<Cause> | undefined {
  for (const { cause, pattern } of table) {
    const match = pattern.exec(text);
    if (match !== null) return { cause, matched: match[0].trim() };
  }
  return undefined;
}
