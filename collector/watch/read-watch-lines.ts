import type { IncomingMessage } from 'node:http';
import { StringDecoder } from 'node:string_decoder';

/** A line longer than this is no object of Kubernetes, whose store refuses objects over a few megabytes. */
const maxLineLength = 32_000_000;

/**
 * The chunks of a watch's body as they come, each as the whole lines it completes. What follows the last newline when the
 * connection ends is half a line and is left out.
 *
 * @throws what the connection failed with
 */
export async function* readWatchLines(body: IncomingMessage): AsyncGenerator<readonly string[]> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of body) {
    rest += Buffer.isBuffer(chunk) ? decoder.write(chunk) : String(chunk);
    if (rest.length > maxLineLength) throw new Error(`a line of a watch is longer than ${maxLineLength} characters`);
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    yield lines.filter((line) => line !== '');
  }
}
