import { createHash } from 'node:crypto';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, type PutObjectCommandInput, type S3Client } from '@aws-sdk/client-s3';
import { MortemError } from '#core/errors.ts';
import type { BlobStore, Clock } from '#core/ports.ts';
import { checkBlobKey } from '../batch/blob-key.ts';
import { decideS3Retry, statusOf } from './decide-s3-retry.ts';
import { toBlobFault } from './to-blob-fault.ts';

export interface S3BlobStoreOptions {
  readonly client: S3Client;
  readonly bucket: string;
  readonly clock: Clock;
  /** ARN of a KMS key; absent: the bucket's own encryption, which S3 always has. */
  readonly kmsKeyId?: string | undefined;
}

const maxAttempts = 5;
const firstPauseMs = 50;

/**
 * Blobs as objects of a bucket. The first body of a key stays: each write carries `If-None-Match: *`. A body is read only with
 * the SHA-256 that it was written with.
 */
export function createS3BlobStore({ client, bucket, clock, kmsKeyId }: S3BlobStoreOptions): BlobStore {
  /** What the SDK does not try again: a lost race between conditional writes, a body that broke off or is another. */
  async function persist<T>(key: string, attempt: () => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await attempt();
      } catch (error) {
        if (tries >= maxAttempts || decideS3Retry(error) === 'give-up') throw toBlobFault(error, key);
        await clock.sleep(firstPauseMs * 2 ** (tries - 1));
      }
    }
  }

  async function write(key: string, body: Uint8Array): Promise<void> {
    const encryption: Partial<PutObjectCommandInput> =
      kmsKeyId === undefined ? {} : { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: kmsKeyId, BucketKeyEnabled: true };
    const Metadata = { sha256: sha256(body) };
    try {
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, IfNoneMatch: '*', Metadata, ...encryption }));
    } catch (error) {
      if (statusOf(error) !== 412) throw error;
    }
  }

  async function read(key: string): Promise<Uint8Array> {
    const { Body, Metadata } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
    const body = (await Body?.transformToByteArray()) ?? new Uint8Array();
    const expected = Metadata?.['sha256'];
    if (expected === undefined || expected === sha256(body)) return body;
    throw new MortemError('internal', `The blob ${key} is not what was written: its SHA-256 differs. Compare it with a backup.`);
  }

  return {
    async put(key, body) {
      checkBlobKey(key);
      await persist(key, () => write(key, body));
    },
    async get(key) {
      checkBlobKey(key);
      return persist(key, () => read(key));
    },
    async delete(key) {
      checkBlobKey(key);
      await persist(key, () => client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })));
    },
  };
}

function sha256(body: Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}
