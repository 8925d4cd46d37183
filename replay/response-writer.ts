import type { ServerResponse } from 'node:http';
import type { ApiAnswer } from './api-status.ts';

/** A body that is written line by line; `write` says whether the line went out whole. */
export interface ResponseStream {
  write(text: string): boolean;
  end(): void;
  destroy(): void;
}

export interface StreamEvents {
  /** The connection is gone, whoever ended it. */
  readonly closed: () => void;
  /** A fault is about to break it. */
  readonly cut: () => void;
}

export interface ResponseWriter {
  answer(answer: ApiAnswer): void;
  /** Sends the head of a 200 at once. */
  openStream(on: StreamEvents): ResponseStream;
}

/** Writes to one response and breaks its connection after `cutAfterBytes` of the body. */
export function createResponseWriter(response: ServerResponse, cutAfterBytes = Number.POSITIVE_INFINITY): ResponseWriter {
  let left = cutAfterBytes;

  function writeUpToCut(chunk: Uint8Array): boolean {
    if (chunk.length <= left) {
      left -= chunk.length;
      response.write(chunk);
      return true;
    }
    const part = chunk.subarray(0, left);
    left = 0;
    // Broken only after the part is handed to the kernel, or the client would see none of it.
    if (part.length === 0) response.destroy();
    else response.write(part, () => response.destroy());
    return false;
  }

  return {
    answer({ status, body, headers = {} }) {
      const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
      const hasBody = status !== 204;
      response.writeHead(status, { ...headers, ...(hasBody ? { 'content-length': bytes.length } : {}) });
      if (bytes.length > left) writeUpToCut(bytes);
      else response.end(hasBody ? bytes : undefined);
    },
    openStream(on) {
      response.once('close', on.closed);
      response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
      response.flushHeaders();
      let broken = false;
      const isOpen = () => !response.writableEnded && !response.destroyed;
      return {
        write(text) {
          if (!isOpen() || broken) return false;
          broken = !writeUpToCut(Buffer.from(text, 'utf8'));
          if (broken) on.cut();
          return !broken;
        },
        end() {
          if (isOpen()) response.end();
        },
        destroy: () => response.destroy(),
      };
    },
  };
}
