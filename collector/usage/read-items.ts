import type { IncomingMessage } from 'node:http';
import { StringDecoder } from 'node:string_decoder';

const maxItemLength = 1_000_000;

/**
 * The items of a list, one at a time as they come: `metrics.k8s.io` knows no pages, and the answer for ten thousand pods, held
 * whole and parsed at once, would be the largest thing in the process.
 *
 * @throws what the connection failed with, and `Error` for a body that breaks off, is no JSON or has an item without an end
 */
export async function* readItems(body: IncomingMessage): AsyncGenerator {
  const decoder = new StringDecoder('utf8');
  const scanner = createScanner();
  for await (const chunk of body) {
    yield* scanner.next(Buffer.isBuffer(chunk) ? decoder.write(chunk) : String(chunk));
  }
  if (!scanner.isWhole()) throw new Error('the answer broke off');
}

/** An item is what stands in braces in the list that is a field of the outermost object. */
function createScanner() {
  let text = '';
  let position = 0;
  let start = -1;
  let depth = 0;
  let isInList = false;
  let isInString = false;
  let hasBegun = false;

  /** How far to go on; what follows a backslash is not looked at. */
  function stepInString(character: string): number {
    if (character === '"') isInString = false;
    return character === '\\' ? 2 : 1;
  }

  /** True at the end of an item. */
  function step(character: string): boolean {
    if (character === '"') isInString = true;
    else if (character === '{' || character === '[') open(character);
    else if (character === '}' || character === ']') {
      depth -= 1;
      return depth === 2 && start >= 0;
    }
    return false;
  }

  function open(bracket: string): void {
    if (depth === 1) isInList = bracket === '[';
    if (depth === 2 && isInList && bracket === '{') start = position;
    depth += 1;
    hasBegun = true;
  }

  function forget(): void {
    const from = start >= 0 ? start : Math.min(position, text.length);
    text = text.slice(from);
    position -= from;
    if (start >= 0) start = 0;
    if (text.length > maxItemLength) throw new Error(`an item of the list is longer than ${maxItemLength} characters`);
  }

  function* next(chunk: string): Generator {
    text += chunk;
    while (position < text.length) {
      const character = text.charAt(position);
      if (isInString) position += stepInString(character);
      else {
        const isEnd = step(character);
        position += 1;
        if (!isEnd) continue;
        yield JSON.parse(text.slice(start, position));
        start = -1;
      }
    }
    forget();
  }

  return { next, isWhole: () => hasBegun && depth === 0 };
}
