const mark = /^<!-- mortem:part \d+ of \d+ -->\n/gm;

/** The parts of a document as one text: for a pipe, or for one answer. */
export function joinParts(parts: readonly string[]): string {
  return parts.map((part, index) => (index === 0 ? part : `<!-- mortem:part ${index + 1} of ${parts.length} -->\n${part}`)).join('');
}

/** What {@link joinParts} joined. */
export function splitParts(text: string): readonly string[] {
  return text.split(mark);
}
