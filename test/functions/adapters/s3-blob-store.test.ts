import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { BlobStore, Clock } from '#core/ports.ts';
import { createS3BlobStore } from '../../../functions/adapters/s3-blob-store.ts';
import { describeBlobStore } from '../../conformance/blob-store.suite.ts';
import { openTestS3, ownPrefix, s3Targets } from '../../support/s3/s3-target.ts';

/** Time flies: whoever sleeps is awake at once. */
const clock: Clock = { now: () => new Date(0), sleep: () => Promise.resolve() };
const key = 'observations/test/2026/05/03/abc.ndjson.gz';

async function open() {
  const { server, client, bucket } = await openTestS3();
  return { server, client, bucket, blobs: createS3BlobStore({ client, bucket, clock }) };
}

const stores = s3Targets(
  async () => (await open()).blobs,
  (given) => below(ownPrefix(), createS3BlobStore({ ...given, clock })),
);
describe.each(stores)('%s', (_name, openBlobs) => {
  describeBlobStore(openBlobs);
});

/** Tests have keys of their own in a bucket that others use. */
function below(prefix: string, blobs: BlobStore): BlobStore {
  const at = (name: string) => (/^[\w/]/.test(name) && !name.startsWith('/') ? `${prefix}${name}` : name);
  return { put: (name, body) => blobs.put(at(name), body), get: (name) => blobs.get(at(name)), delete: (name) => blobs.delete(at(name)) };
}

describe('what S3 does on a bad day', () => {
  const body = Buffer.from('the body of the batch');

  test.each([
    ['409, twice', ['conflict', 'conflict']],
    ['503, twice', ['slow-down', 'slow-down']],
    ['an answer that is lost after the write', ['lost-answer']],
    ['a connection that breaks', ['reset']],
    ['all of it', ['conflict', 'slow-down', 'reset', 'lost-answer']],
  ] as const)('a write meets %s: it is done once', async (_name, kinds) => {
    const { server, blobs } = await open();
    for (const kind of kinds) server.fail(kind, 'PUT');
    await blobs.put(key, body);
    expect(server.faultsLeft).toBe(0);
    expect(server.bodyOf(key).equals(body)).toBe(true);
  });

  test.each([
    ['503, twice', ['slow-down', 'slow-down']],
    ['a body that breaks off, twice', ['truncated', 'truncated']],
    ['a body with another bit', ['corrupted']],
    ['all of it', ['reset', 'truncated', 'slow-down', 'corrupted']],
  ] as const)('a read meets %s: the body is the one that was written', async (_name, kinds) => {
    const { server, blobs } = await open();
    await blobs.put(key, body);
    for (const kind of kinds) server.fail(kind, 'GET');
    expect(Buffer.from(await blobs.get(key)).equals(body)).toBe(true);
    expect(server.faultsLeft).toBe(0);
  });

  test('a write that never works says so, and nothing is there', async () => {
    const { server, blobs } = await open();
    server.fail('conflict', 'PUT', 100);
    await expect(blobs.put(key, body)).rejects.toMatchObject({
      code: 'unreachable',
      message:
        'The bucket cannot be reached right now (ConditionalRequestConflict: A conflicting operation occurred during the request.). Try again later.',
    });
    expect(server.keys()).toEqual([]);
  });

  test('a body that was changed in the store is not handed out, whatever S3 thinks of it', async () => {
    const { blobs, client, bucket: Bucket } = await open();
    await blobs.put(key, body);
    const Metadata = { sha256: 'f'.repeat(64) };
    await client.send(new PutObjectCommand({ Bucket, Key: key, Body: 'another', Metadata }));
    await expect(blobs.get(key)).rejects.toMatchObject({
      code: 'internal',
      message: `The blob ${key} is not what was written: its SHA-256 differs. Compare it with a backup.`,
    });
  });

  test('credentials that are wrong are not tried again and again', async () => {
    const { server, bucket } = await open();
    const { accessKeyId, region } = server.credentials;
    const credentials = { accessKeyId, secretAccessKey: 'wrong' };
    const client = new S3Client({ endpoint: server.endpoint, region, credentials, forcePathStyle: true });
    onTestFinished(() => client.destroy());
    const slept: number[] = [];
    const counting: Clock = { ...clock, sleep: async (ms) => void slept.push(ms) };
    await expect(createS3BlobStore({ client, bucket, clock: counting }).put(key, body)).rejects.toMatchObject({
      code: 'internal',
      message: expect.stringContaining('SignatureDoesNotMatch') as string,
    });
    expect(slept).toEqual([]);
  });
});

describe('how it is stored', () => {
  test('with its SHA-256, encrypted by the bucket or with a key of its own', async () => {
    const { server, client, bucket, blobs } = await open();
    await blobs.put('plain', Buffer.from('a'));
    expect(server.headersOf('plain')).toMatchObject({
      'x-amz-meta-sha256': 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
      'x-amz-server-side-encryption': 'AES256',
    });
    const kmsKeyId = 'arn:aws:kms:eu-central-1:111122223333:key/abc';
    await createS3BlobStore({ client, bucket, clock, kmsKeyId }).put('kms', Buffer.from('a'));
    expect(server.headersOf('kms')).toMatchObject({
      'x-amz-server-side-encryption': 'aws:kms',
      'x-amz-server-side-encryption-aws-kms-key-id': kmsKeyId,
      'x-amz-server-side-encryption-bucket-key-enabled': 'true',
    });
  });
});
