const encoder = new TextEncoder();

/**
 * Cuts a document before second-level headings so that no part is larger than the budget; a section that is larger by itself
 * stays whole, since a table or a managed block cut in two is neither.
 *
 * @param maxBytes UTF-8
 */
export function splitDocument(markdown: string, maxBytes: number): readonly [string, ...string[]] {
  const [first = '', ...rest] = sectionsOf(markdown);
  const parts: [string, ...string[]] = [first];
  for (const section of rest) {
    const last = parts.at(-1) ?? '';
    if (last === '' || sizeOf(last) + sizeOf(section) <= maxBytes) parts[parts.length - 1] = last + section;
    else parts.push(section);
  }
  return parts;
}

/** Headings inside of fences are text. */
function sectionsOf(markdown: string): readonly string[] {
  const sections: string[] = [''];
  let fence: string | undefined;
  for (const line of markdown.split(/(?<=\n)/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined && line.startsWith('## ')) sections.push('');
    if (fence === undefined) fence = mark;
    else if (mark?.startsWith(fence) === true && line.trim() === mark) fence = undefined;
    sections[sections.length - 1] += line;
  }
  return sections;
}

function sizeOf(text: string): number {
  return encoder.encode(text).length;
}
