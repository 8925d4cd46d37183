import type { IncomingMessage } from 'node:http';
import { StringDecoder } from 'node:string_decoder';
import { isObject, object, word } from '../trim/read-field.ts';
import type { ApiResponse } from './kubernetes-api.ts';

/** What the API says instead of an answer, in its own words. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
  readonly retryAfterMs?: number;
}

/** The whole body as text; a longer one is cut at about `maxBytes`, which no answer that is read whole comes near. */
export async function readText(body: IncomingMessage, maxBytes: number): Promise<string> {
  const decoder = new StringDecoder('utf8');
  let text = '';
  let left = maxBytes;
  for await (const chunk of body) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    text += decoder.write(bytes.length > left ? bytes.subarray(0, left) : bytes);
    left -= bytes.length;
    if (left <= 0) break;
  }
  return text + decoder.end();
}

/** Where bodies that come one after the other are read into. */
export interface Room {
  bytes: Buffer;
}

/** The whole body, in a room that the next body may have; a longer one is cut at `maxBytes`. */
export async function readBytes(body: IncomingMessage, maxBytes: number, room: Room): Promise<Buffer> {
  let length = 0;
  for await (const chunk of body) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    if (length + bytes.length > room.bytes.length) {
      const wider = Buffer.allocUnsafeSlow(Math.max(smallestRoom, Math.ceil(1.25 * (length + bytes.length))));
      room.bytes.copy(wider, 0, 0, length);
      room.bytes = wider;
    }
    bytes.copy(room.bytes, length);
    length += bytes.length;
    if (length >= maxBytes) break;
  }
  return room.bytes.subarray(0, Math.min(length, maxBytes));
}

const smallestRoom = 65_536;

/** A Status object's message, or what else the body says. */
export async function readRefusal(response: ApiResponse): Promise<Refusal> {
  const body = await readText(response.body, 65_536);
  return {
    status: response.status,
    message: messageOf(body) ?? `HTTP ${response.status}`,
    ...(response.retryAfterMs !== undefined && { retryAfterMs: response.retryAfterMs }),
  };
}

/** The API's words in a body: the message of a Status, or a short text as it is. */
export function messageOf(body: string): string | undefined {
  const status = parseJson(body);
  if (isObject(status)) return word(object(status).message, 16_384);
  return word(body.trim(), 1024);
}

/** Undefined for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an answer here: proxies between us and the API server send HTML.
    return undefined;
  }
}
