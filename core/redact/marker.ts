const wholeMarker = /^\[REDACTED:[\w-]*\]?$/;

/** What stands in the place of a secret. Rule ids are kebab-case and name no key, so a marker never matches a rule itself. */
export function marker(ruleId: string): string {
  return `[REDACTED:${ruleId}]`;
}

/** True for a marker, also one that was cut short at the end of a text: redacting twice must count nothing new. */
export function isMarker(text: string): boolean {
  return wholeMarker.test(text);
}
