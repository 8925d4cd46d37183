const quoted = /"(?:[^"\\\n]|\\.){12,200000}"/g;

/**
 * Several lines that a logger wrote as one JSON string: a YAML file, a key, a dump. They are read as the lines they were, and
 * written back only where something was taken.
 */
export function redactQuotedLines(text: string, redact: (inner: string) => string): string {
  if (!text.includes('\\n')) return text;
  return text.replace(quoted, (literal) => {
    const inner = literal.includes('\\n') ? parseString(literal) : undefined;
    const redacted = inner === undefined ? undefined : redact(inner);
    return redacted === undefined || redacted === inner ? literal : JSON.stringify(redacted);
  });
}

function parseString(literal: string): string | undefined {
  try {
    const value: unknown = JSON.parse(literal);
    return typeof value === 'string' ? value : undefined;
  } catch {
    // Other languages escape what JSON does not know: then it is read as it stands.
    return undefined;
  }
}
