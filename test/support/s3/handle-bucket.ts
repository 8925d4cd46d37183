import { listPage } from './list-page.ts';
import type { ObjectTable } from './object-table.ts';
import { S3Error } from './s3-error.ts';
import type { S3Request, S3Response } from './s3-request.ts';
import { textsOf, xmlDocument } from './xml.ts';

/** ListObjectsV2. The token is the last key that was given out. */
export function listObjects(table: ObjectTable, { bucket, query }: S3Request): S3Response {
  const get = (name: string): string => query.get(name) ?? '';
  const prefix = get('prefix');
  const delimiter = get('delimiter');
  const maxKeys = Math.min(Number(query.get('max-keys') ?? 1000), 1000);
  const token = query.get('continuation-token');
  const after = token === null ? get('start-after') : Buffer.from(token, 'base64').toString();
  const show = (text: string): string => (get('encoding-type') === 'url' ? encodeURIComponent(text).replaceAll('%2F', '/') : text);

  const { keys, groups, next } = listPage(table.keys(), { prefix, delimiter, after, maxKeys });
  const body = xmlDocument('ListBucketResult', {
    Name: bucket,
    Prefix: show(prefix),
    KeyCount: keys.length + groups.length,
    MaxKeys: maxKeys,
    Delimiter: delimiter === '' ? undefined : show(delimiter),
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: next !== undefined,
    NextContinuationToken: next === undefined ? undefined : Buffer.from(next).toString('base64'),
    Contents: keys.map((key) => {
      const { body: content, etag, modified } = table.get(key);
      return { Key: show(key), LastModified: modified.toISOString(), ETag: etag, Size: content.length, StorageClass: 'STANDARD' };
    }),
    CommonPrefixes: groups.map((group) => ({ Prefix: show(group) })),
  });
  return { status: 200, headers: { 'content-type': 'application/xml' }, body };
}

/** DeleteObjects; S3 wants a checksum of the list. */
export function deleteObjects(table: ObjectTable, { body, headers }: S3Request): S3Response {
  const checked = Object.keys(headers).some((name) => name === 'content-md5' || name.startsWith('x-amz-checksum-'));
  if (!checked) throw new S3Error(400, 'InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  const keys = textsOf(body.toString(), 'Key');
  if (keys.length > 1000) throw new S3Error(400, 'MalformedXML', 'More than 1000 keys.');
  for (const key of keys) table.delete(key);
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: xmlDocument('DeleteResult', { Deleted: keys.map((Key) => ({ Key })) }),
  };
}
