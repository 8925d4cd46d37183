import type { ObjectTable, StoredObject } from './object-table.ts';
import { preconditionFailed, S3Error } from './s3-error.ts';
import { header, type S3Request, type S3Response } from './s3-request.ts';

/** What a PUT says about its object and GET gives back. */
export function describedHeaders(request: S3Request): Record<string, string> {
  const kept = Object.keys(request.headers).filter(
    (name) => name.startsWith('x-amz-meta-') || name.startsWith('x-amz-server-side-encryption') || name === 'content-type',
  );
  const encoding = (header(request, 'content-encoding') ?? '')
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'aws-chunked');
  return {
    'x-amz-server-side-encryption': 'AES256',
    ...Object.fromEntries(kept.map((name) => [name, header(request, name) ?? ''])),
    ...(encoding.length > 0 && { 'content-encoding': encoding.join(',') }),
  };
}

export function putObject(table: ObjectTable, request: S3Request, checksums: Readonly<Record<string, string>>): S3Response {
  const headers = { ...describedHeaders(request), ...checksums };
  const condition = { ifMatch: header(request, 'if-match'), ifNoneMatch: header(request, 'if-none-match') };
  const { etag } = table.put(request.key, { body: request.body, headers }, condition);
  return { status: 200, headers: { etag, ...checksums, 'x-amz-server-side-encryption': headers['x-amz-server-side-encryption'] ?? '' } };
}

export function getObject(table: ObjectTable, request: S3Request): S3Response {
  const object = table.get(request.key);
  const ifMatch = header(request, 'if-match');
  if (ifMatch !== undefined && ifMatch !== object.etag) throw preconditionFailed();
  const headers = { ...shown(object, header(request, 'x-amz-checksum-mode') === 'ENABLED'), 'accept-ranges': 'bytes' };
  if (header(request, 'if-none-match') === object.etag) return { status: 304, headers: { etag: object.etag } };
  const range = header(request, 'range');
  return range === undefined ? { status: 200, headers, body: object.body } : partOf(object, range, headers);
}

function shown(object: StoredObject, withChecksums: boolean): Record<string, string> {
  const named = Object.entries(object.headers).filter(([name]) => withChecksums || !name.startsWith('x-amz-checksum-'));
  return { ...Object.fromEntries(named), etag: object.etag, 'last-modified': object.modified.toUTCString() };
}

function partOf({ body }: StoredObject, range: string, headers: Record<string, string>): S3Response {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  const start = from === '' ? Math.max(body.length - Number(to), 0) : Number(from);
  const end = from === '' || to === '' ? body.length - 1 : Math.min(Number(to), body.length - 1);
  if ((from === '' && to === '') || start > end) throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable');
  // The checksum is of the whole object.
  const named = Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-'));
  return {
    status: 206,
    headers: { ...Object.fromEntries(named), 'content-range': `bytes ${start}-${end}/${body.length}` },
    body: body.subarray(start, end + 1),
  };
}
