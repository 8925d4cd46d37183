import type { IncomingMessage } from 'node:http';
import { createLineBuffer } from './line-buffer.ts';

/**
 * The chunks of a watch's body as they come, each as the whole lines it completes, which are to be read before the next chunk is
 * asked for. What follows the last newline when the connection ends is half a line and is left out.
 *
 * @throws what the connection failed with
 */
export async function* readWatchLines(body: IncomingMessage): AsyncGenerator<Iterable<Buffer>> {
  const buffer = createLineBuffer();
  for await (const chunk of body) {
    buffer.add(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
    yield buffer.lines();
  }
}
