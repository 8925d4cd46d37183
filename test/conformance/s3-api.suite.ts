import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { ownPrefix, type S3Target } from '../support/s3/s3-target.ts';

const refusal = (status: number, name: string) => ({ name, $metadata: { httpStatusCode: status } });

async function open(target: () => Promise<S3Target>) {
  const { client, bucket: Bucket } = await target();
  const prefix = ownPrefix();
  const of = (key: string) => ({ Bucket, Key: `${prefix}${key}` });
  const put = (key: string, Body: string | Uint8Array, more = {}) => client.send(new PutObjectCommand({ ...of(key), Body, ...more }));
  const text = async (key: string, more = {}) =>
    (await client.send(new GetObjectCommand({ ...of(key), ...more }))).Body!.transformToString();
  return { client, Bucket, prefix, of, put, text };
}

/** What S3 does, as far as mortem and its tests rely on it. Whoever claims to be S3 passes. */
export function describeS3Api(target: () => Promise<S3Target>): void {
  describe('objects', () => {
    test('body, type, metadata and entity tag come back', async () => {
      const { put, of, client } = await open(target);
      const body = randomBytes(70_000);
      await put('a b+c/ü.bin', body, { ContentType: 'application/gzip', ContentEncoding: 'gzip', Metadata: { sha256: 'abc' } });
      const got = await client.send(new GetObjectCommand(of('a b+c/ü.bin')));
      expect(Buffer.from(await got.Body!.transformToByteArray()).equals(body)).toBe(true);
      expect(got).toMatchObject({
        ContentType: 'application/gzip',
        ContentEncoding: 'gzip',
        Metadata: { sha256: 'abc' },
        ContentLength: 70_000,
      });
      expect(got.ETag).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
      expect(await client.send(new HeadObjectCommand(of('a b+c/ü.bin')))).toMatchObject({ ContentLength: 70_000, ETag: got.ETag });
    });

    test('what is not there', async () => {
      const { client, of } = await open(target);
      await expect(client.send(new GetObjectCommand(of('none')))).rejects.toMatchObject(refusal(404, 'NoSuchKey'));
      await expect(client.send(new HeadObjectCommand(of('none')))).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
      await client.send(new DeleteObjectCommand(of('none')));
    });

    test('a delete, of one and of many', async () => {
      const { client, Bucket, of, put, text } = await open(target);
      for (const key of ['a', 'b', 'c']) await put(key, key);
      await client.send(new DeleteObjectCommand(of('a')));
      await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: of('b').Key }, { Key: of('none').Key }] } }));
      await expect(text('a')).rejects.toMatchObject({ name: 'NoSuchKey' });
      await expect(text('b')).rejects.toMatchObject({ name: 'NoSuchKey' });
      expect(await text('c')).toBe('c');
    });

    test('a range, the end of it, and one beyond the end', async () => {
      const { put, text } = await open(target);
      await put('a', '0123456789');
      expect(await text('a', { Range: 'bytes=2-4' })).toBe('234');
      expect(await text('a', { Range: 'bytes=-3' })).toBe('789');
      expect(await text('a', { Range: 'bytes=8-' })).toBe('89');
      await expect(text('a', { Range: 'bytes=10-12' })).rejects.toMatchObject(refusal(416, 'InvalidRange'));
    });
  });

  describe('conditions', () => {
    test('If-None-Match: * lets one writer win', async () => {
      const { put, text } = await open(target);
      const writes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => put('a', String(index), { IfNoneMatch: '*' })));
      const won = writes.flatMap(({ status }, index) => (status === 'fulfilled' ? [String(index)] : []));
      expect(won).toEqual([await text('a')]);
      await expect(put('a', 'late', { IfNoneMatch: '*' })).rejects.toMatchObject(refusal(412, 'PreconditionFailed'));
    });

    test('If-Match replaces what was read, and nothing else', async () => {
      const { put, text } = await open(target);
      const { ETag: IfMatch } = await put('a', '1');
      await put('a', '2', { IfMatch });
      await expect(put('a', '3', { IfMatch })).rejects.toMatchObject(refusal(412, 'PreconditionFailed'));
      await expect(put('none', '3', { IfMatch })).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
      expect(await text('a')).toBe('2');
    });

    test('a GET of what is known already is 304', async () => {
      const { put, text } = await open(target);
      const { ETag } = await put('a', '1');
      await expect(text('a', { IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
    });
  });

  describe('checksums', () => {
    test('one that is right is kept, and given back when asked for', async () => {
      const { client, of, put } = await open(target);
      const ChecksumSHA256 = createHash('sha256').update('body').digest('base64');
      await put('a', 'body', { ChecksumSHA256 });
      expect(await client.send(new GetObjectCommand({ ...of('a'), ChecksumMode: 'ENABLED' }))).toMatchObject({ ChecksumSHA256 });
    });

    test('one that is wrong is refused, and nothing is stored', async () => {
      const { put, text } = await open(target);
      const ChecksumSHA256 = createHash('sha256').update('another').digest('base64');
      await expect(put('a', 'body', { ChecksumSHA256 })).rejects.toMatchObject({ $metadata: { httpStatusCode: 400 } });
      await expect(text('a')).rejects.toMatchObject({ name: 'NoSuchKey' });
    });

    test('a stream is sent in chunks with its checksum behind it, and stored without them', async () => {
      const { client, of } = await open(target);
      const body = randomBytes(300_000);
      const stream = Readable.from([body.subarray(0, 100_000), body.subarray(100_000)]);
      await client.send(new PutObjectCommand({ ...of('a'), Body: stream, ContentLength: body.length }));
      const got = await client.send(new GetObjectCommand({ ...of('a'), ChecksumMode: 'ENABLED' }));
      expect(Buffer.from(await got.Body!.transformToByteArray()).equals(body)).toBe(true);
      expect(got.ContentEncoding ?? '').not.toContain('aws-chunked');
    });
  });

  describe('lists', () => {
    test('pages in the order of the keys, and no key twice', async () => {
      const { client, Bucket, prefix, put } = await open(target);
      const names = ['a/1', 'a/2', 'a&b', 'b/1', 'b/<x>', 'z'];
      for (const name of names) await put(name, name);
      const found: string[] = [];
      for (let token: string | undefined, page = 0; page === 0 || token !== undefined; page += 1) {
        const answer = await client.send(
          new ListObjectsV2Command({ Bucket, Prefix: prefix, MaxKeys: 2, ...(token !== undefined && { ContinuationToken: token }) }),
        );
        found.push(...(answer.Contents ?? []).map(({ Key = '' }) => Key.slice(prefix.length)));
        token = answer.NextContinuationToken;
      }
      expect(found).toEqual(names.toSorted());
    });

    test('what shares a beginning is one entry, also across pages', async () => {
      const { client, Bucket, prefix, put } = await open(target);
      for (const name of ['a/1', 'a/2', 'b/1', 'c']) await put(name, name);
      const list = (more: object) => client.send(new ListObjectsV2Command({ Bucket, Prefix: prefix, Delimiter: '/', ...more }));
      const whole = await list({});
      expect(whole.CommonPrefixes?.map(({ Prefix = '' }) => Prefix.slice(prefix.length))).toEqual(['a/', 'b/']);
      expect(whole.Contents?.map(({ Key = '' }) => Key.slice(prefix.length))).toEqual(['c']);
      const first = await list({ MaxKeys: 1 });
      const second = await list({ MaxKeys: 1, ContinuationToken: first.NextContinuationToken });
      expect([first, second].map(({ CommonPrefixes }) => CommonPrefixes?.[0]?.Prefix?.slice(prefix.length))).toEqual(['a/', 'b/']);
    });
  });

  describe('multipart', () => {
    test('parts become one object; a condition holds for it as well', async () => {
      const { client, of, put } = await open(target);
      const parts = [randomBytes(5 * 1024 * 1024), randomBytes(10)];
      const { UploadId } = await client.send(new CreateMultipartUploadCommand({ ...of('big'), Metadata: { a: 'b' } }));
      const Parts: CompletedPart[] = [];
      for (const [index, Body] of parts.entries()) {
        const { ETag } = await client.send(new UploadPartCommand({ ...of('big'), UploadId, PartNumber: index + 1, Body }));
        Parts.push({ ETag, PartNumber: index + 1 });
      }
      const complete = { ...of('big'), UploadId, MultipartUpload: { Parts }, IfNoneMatch: '*' };
      const { ETag } = await client.send(new CompleteMultipartUploadCommand(complete));
      expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
      const got = await client.send(new GetObjectCommand(of('big')));
      expect(got.Metadata).toEqual({ a: 'b' });
      expect(Buffer.from(await got.Body!.transformToByteArray()).equals(Buffer.concat(parts))).toBe(true);
      await expect(put('big', 'x', { IfNoneMatch: '*' })).rejects.toMatchObject(refusal(412, 'PreconditionFailed'));
    });

    test('a part that is too small, and an upload that was given up', async () => {
      const { client, of, text } = await open(target);
      const { UploadId } = await client.send(new CreateMultipartUploadCommand(of('big')));
      const Parts: CompletedPart[] = [];
      for (const PartNumber of [1, 2]) {
        const { ETag } = await client.send(new UploadPartCommand({ ...of('big'), UploadId, PartNumber, Body: Buffer.from('small') }));
        Parts.push({ ETag, PartNumber });
      }
      const complete = () => client.send(new CompleteMultipartUploadCommand({ ...of('big'), UploadId, MultipartUpload: { Parts } }));
      await expect(complete()).rejects.toMatchObject(refusal(400, 'EntityTooSmall'));
      await client.send(new AbortMultipartUploadCommand({ ...of('big'), UploadId }));
      await expect(complete()).rejects.toMatchObject(refusal(404, 'NoSuchUpload'));
      await expect(text('big')).rejects.toMatchObject({ name: 'NoSuchKey' });
    });
  });

  describe('who is not allowed', () => {
    const strangers = [
      ['a wrong secret', { secretAccessKey: 'wrong' }, refusal(403, 'SignatureDoesNotMatch')],
      ['an unknown key', { accessKeyId: 'AKIDUNKNOWN' }, refusal(403, 'InvalidAccessKeyId')],
    ] as const;
    test.each(strangers)('%s', async (_name, wrong, expected) => {
      const { client, of } = await open(target);
      const credentials = { ...(await client.config.credentials()), ...wrong };
      const stranger = new S3Client({
        credentials,
        region: await client.config.region(),
        endpoint: async () => client.config.endpoint!(),
        forcePathStyle: true,
      });
      await expect(stranger.send(new PutObjectCommand({ ...of('a'), Body: 'x' }))).rejects.toMatchObject(expected);
    });
  });
}
