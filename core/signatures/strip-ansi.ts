const escape = 0x1b;
const bell = 0x07;
const eightBitControl = 0x9b;

/** Position after a control sequence (`ESC [ … final byte`) whose parameters start at `from`. */
function endOfControl(text: string, from: number): number {
  let position = from;
  while (position < text.length && text.charCodeAt(position) >= 0x20 && text.charCodeAt(position) <= 0x3f) position += 1;
  const final = text.charCodeAt(position);
  return final >= 0x40 && final <= 0x7e ? position + 1 : position;
}

/** Position after a string command (`ESC ] … BEL` or `… ESC \`); a line end closes one that was cut off. */
function endOfString(text: string, from: number): number {
  for (let position = from; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    if (code === bell) return position + 1;
    if (code === escape) return text.charAt(position + 1) === '\\' ? position + 2 : position;
    if (code === 0x0a) return position;
  }
  return text.length;
}

function endOfSequence(text: string, from: number): number {
  if (text.charCodeAt(from) === eightBitControl) return endOfControl(text, from + 1);
  const kind = text.charAt(from + 1);
  if (kind === '[') return endOfControl(text, from + 2);
  if (kind !== '' && ']PX^_'.includes(kind)) return endOfString(text, from + 2);
  const code = text.charCodeAt(from + 1);
  return code >= 0x20 && code <= 0x7e ? from + 2 : from + 1;
}

/** Removes terminal escape sequences (colours, cursor moves, titles, links) in one pass over the text. */
export function stripAnsi(text: string): string {
  const kept: string[] = [];
  let start = 0;
  for (let position = 0; position < text.length;) {
    const code = text.charCodeAt(position);
    if (code !== escape && code !== eightBitControl) {
      position += 1;
      continue;
    }
    kept.push(text.slice(start, position));
    position = endOfSequence(text, position);
    start = position;
  }
  return start === 0 ? text : kept.join('') + text.slice(start);
}
