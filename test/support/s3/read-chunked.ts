import { S3Error } from './s3-error.ts';

export interface Unchunked {
  readonly body: Buffer;
  /** Headers that came after the last chunk, lower-case. */
  readonly trailers: Readonly<Record<string, string>>;
}

/** Undoes `aws-chunked`: `<hex size>[;extension]\r\n<bytes>\r\n … 0\r\n<trailer>: <value>\r\n\r\n`. */
export function readChunked(raw: Buffer, decodedLength: number): Unchunked {
  const chunks: Buffer[] = [];
  let at = 0;
  const line = (): string => {
    const end = raw.indexOf('\r\n', at);
    if (end === -1) throw incomplete();
    const text = raw.toString('latin1', at, end);
    at = end + 2;
    return text;
  };
  for (;;) {
    const size = Number.parseInt(line(), 16);
    if (!(size >= 0)) throw incomplete();
    if (size === 0) break;
    chunks.push(raw.subarray(at, at + size));
    at += size;
    if (line() !== '') throw incomplete();
  }
  const body = Buffer.concat(chunks);
  if (body.length !== decodedLength) throw incomplete();
  return { body, trailers: readTrailers(raw.toString('latin1', at)) };
}

function readTrailers(text: string): Record<string, string> {
  const pairs = text
    .split('\r\n')
    .filter((trailer) => trailer.includes(':'))
    .map((trailer) => [trailer.slice(0, trailer.indexOf(':')).toLowerCase(), trailer.slice(trailer.indexOf(':') + 1).trim()] as const);
  return Object.fromEntries(pairs);
}

function incomplete(): S3Error {
  return new S3Error(400, 'IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header');
}
