import { z } from 'zod';

export const sentObject = z.looseObject({
  code: z.number().optional(),
  metadata: z.looseObject({ namespace: z.string().optional(), name: z.string().optional(), resourceVersion: z.string().optional() }),
  status: z
    .looseObject({
      containerStatuses: z
        .array(z.looseObject({ name: z.string(), restartCount: z.number(), state: z.record(z.string(), z.unknown()) }))
        .nullish(),
    })
    .or(z.string())
    .optional(),
});
export type SentObject = z.infer<typeof sentObject>;

export const sentList = z.looseObject({
  metadata: z.looseObject({ resourceVersion: z.string() }),
  items: z.array(sentObject),
});

const sentLine = z.object({ type: z.string(), object: sentObject });
export type SentLine = z.infer<typeof sentLine>;

/** A line; `end` after a clean end; what there was of a line that broke off, then `broken`. */
export type Read = SentLine | { readonly partial: string } | 'end' | 'broken';

/** A watch read line by line. */
export interface WatchClient {
  readonly status: number;
  next(): Promise<Read>;
  /** Everything until the end. */
  rest(): Promise<readonly Read[]>;
  close(): void;
}

export async function openWatchClient(url: string): Promise<WatchClient> {
  const stop = new AbortController();
  const response = await fetch(url, { signal: stop.signal });
  const lines = linesOf(response);
  const next = async () => {
    const { value, done } = await lines.next();
    return done === true ? 'end' : value;
  };
  return {
    status: response.status,
    next,
    async rest() {
      const all: Read[] = [];
      for (let line = await next(); ; line = await next()) {
        all.push(line);
        if (line === 'end' || line === 'broken') return all;
      }
    },
    close: () => stop.abort(),
  };
}

async function* linesOf(response: Response): AsyncGenerator<Read, void> {
  let text = '';
  const decoder = new TextDecoder();
  const reader = response.body!.getReader();
  for (let read = await readOrBreak(reader); read !== 'end'; read = await readOrBreak(reader)) {
    if (read === 'broken') {
      if (text !== '') yield { partial: text };
      yield 'broken';
      break;
    }
    text += decoder.decode(read, { stream: true });
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      yield sentLine.parse(JSON.parse(text.slice(0, end)));
      text = text.slice(end + 1);
    }
  }
}

async function readOrBreak(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<Uint8Array | 'end' | 'broken'> {
  try {
    const { value } = await reader.read();
    return value ?? 'end';
  } catch {
    // How the connection broke differs between runs; that it did is what a test looks at.
    return 'broken';
  }
}

/** `ADDED web-1@101` for a line of a watch. */
export function brief(read: Read): string {
  if (typeof read === 'string') return read;
  if ('partial' in read) return `partial ${read.partial}`;
  const { name = '', resourceVersion = '' } = read.object.metadata;
  return `${read.type} ${name}@${resourceVersion}`;
}
