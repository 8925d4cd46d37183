/** The first text behind all that start with the prefix, for texts of ASCII: a range an index can answer, unlike `like`. */
export function afterPrefix(prefix: string): string {
  return `${prefix}\u{7f}`;
}
