/** The honest answers where no record shows a cause; they give way to any real one of the same failure. */
const unexplained: ReadonlySet<string> = new Set(['unexplained', 'unknown-app-exit']);

export function isUnexplained(cause: string): boolean {
  return unexplained.has(cause);
}
