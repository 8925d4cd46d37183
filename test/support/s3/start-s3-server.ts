import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { verifyChecksums } from './checksums.ts';
import { failAfter, failBefore, FaultPlan, writeAnswer, type FaultKind } from './faults.ts';
import { deleteObjects, listObjects } from './handle-bucket.ts';
import { handleMultipart } from './handle-multipart.ts';
import { getObject, putObject } from './handle-object.ts';
import type { Upload } from './join-parts.ts';
import { ObjectTable } from './object-table.ts';
import { readChunked } from './read-chunked.ts';
import { S3Error } from './s3-error.ts';
import { header, type S3Request, type S3Response } from './s3-request.ts';
import { verifySignature, type Credentials } from './verify-signature.ts';
import { xmlDocument } from './xml.ts';

export interface CreatedObject {
  readonly bucket: string;
  readonly key: string;
  readonly sequencer: string;
  readonly size: number;
}

export interface S3Server {
  readonly endpoint: string;
  readonly bucket: string;
  readonly credentials: Credentials;
  /** The next requests of the method meet the fault. */
  fail(kind: FaultKind, method: string, times?: number): void;
  /** Faults that nothing met yet. */
  readonly faultsLeft: number;
  readonly keys: () => readonly string[];
  /** Reads past every check. */
  readonly bodyOf: (key: string) => Buffer;
  readonly headersOf: (key: string) => Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface S3ServerOptions {
  readonly onCreated?: (object: CreatedObject) => void;
}

/** An S3 for tests, in memory, with one bucket: signatures, conditions and checksums are verified as S3 verifies them. */
export async function startS3Server({ onCreated = () => undefined }: S3ServerOptions = {}): Promise<S3Server> {
  const bucket = 'mortem-test';
  const credentials: Credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: randomUUID(), region: 'eu-central-1' };
  const table = new ObjectTable();
  const uploads = new Map<string, Upload>();
  const faults = new FaultPlan();

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const kind = faults.take(incoming.method ?? '');
    if (kind === 'reset') {
      incoming.socket.destroy();
      return;
    }
    try {
      const { request, checksums } = await receive(incoming, credentials);
      if (request.bucket !== bucket) throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
      failBefore(kind);
      const answer = handle({ table, uploads }, request, checksums);
      if (isCreation(request)) {
        const { sequencer, body } = table.get(request.key);
        onCreated({ bucket, key: request.key, sequencer, size: body.length });
      }
      failAfter(kind);
      writeAnswer(response, answer, kind);
    } catch (error) {
      writeAnswer(response, refusal(error, incoming), undefined);
    }
  }

  const server = createServer((incoming, response) => void serve(incoming, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    bucket,
    credentials,
    fail: (kind, method, times = 1) => faults.add(kind, method, times),
    get faultsLeft() {
      return faults.left;
    },
    keys: () => table.keys(),
    bodyOf: (key) => table.get(key).body,
    headersOf: (key) => table.get(key).headers,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function isCreation({ method, query, key }: S3Request): boolean {
  return key !== '' && ((method === 'PUT' && !query.has('uploadId')) || (method === 'POST' && query.has('uploadId')));
}

async function receive(
  incoming: IncomingMessage,
  credentials: Credentials,
): Promise<{ request: S3Request; checksums: Readonly<Record<string, string>> }> {
  const raw = await buffer(incoming);
  const target = incoming.url ?? '/';
  const headers = Object.fromEntries(Object.keys(incoming.headers).map((name) => [name, header(incoming, name)]));
  const bodyHash = createHash('sha256').update(raw).digest('hex');
  verifySignature({ method: incoming.method ?? '', target, headers, bodyHash }, credentials, new Date());
  const payload = headers['x-amz-content-sha256'] ?? '';
  if (payload.startsWith('STREAMING-') && payload !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    throw new S3Error(501, 'NotImplemented', 'Chunks with signatures of their own are not read here.');
  }
  const { body, trailers } = payload.startsWith('STREAMING-')
    ? readChunked(raw, Number(headers['x-amz-decoded-content-length']))
    : { body: raw, trailers: {} };
  if ((headers['x-amz-trailer'] ?? '') !== Object.keys(trailers).join(',')) {
    throw new S3Error(400, 'MalformedTrailerError', 'The request contained trailing data that was not well-formed.');
  }
  const url = new URL(target, 'http://s3');
  const [, bucket = '', ...path] = url.pathname.split('/');
  const request = {
    method: incoming.method ?? '',
    bucket,
    key: decodeURIComponent(path.join('/')),
    query: url.searchParams,
    headers: incoming.headers,
    body,
  };
  return { request, checksums: verifyChecksums(body, { ...headers, ...trailers }) };
}

function handle(
  { table, uploads }: { readonly table: ObjectTable; readonly uploads: Map<string, Upload> },
  request: S3Request,
  checksums: Readonly<Record<string, string>>,
): S3Response {
  const { method, key, query } = request;
  if (key === '') {
    if (method === 'HEAD') return { status: 200 };
    if (method === 'GET' && query.get('list-type') === '2') return listObjects(table, request);
    if (method === 'POST' && query.has('delete')) return deleteObjects(table, request);
  } else if (query.has('uploads') || query.has('uploadId')) {
    return handleMultipart(table, uploads, request);
  } else if (method === 'PUT') {
    return putObject(table, request, checksums);
  } else if (method === 'GET' || method === 'HEAD') {
    return getObject(table, request);
  } else if (method === 'DELETE') {
    table.delete(key);
    return { status: 204 };
  }
  throw new S3Error(501, 'NotImplemented', 'A header or query you provided implies functionality that is not implemented.');
}

function refusal(error: unknown, { method }: IncomingMessage): S3Response {
  const { status, code, message } = error instanceof S3Error ? error : new S3Error(500, 'InternalError', String(error));
  const body = xmlDocument('Error', { Code: code, Message: message, RequestId: randomUUID() });
  return { status, headers: { 'content-type': 'application/xml' }, body: method === 'HEAD' ? '' : body };
}
