import type { BlobStore, Clock } from '#core/ports.ts';
import type { BucketConfig } from '../config.ts';

/** Blobs in S3, whose SDK is loaded when the first blob is asked for: a third of a cold start, which a query has no use for. */
export function createLazyS3BlobStore({ name: bucket, kmsKeyId, ...location }: BucketConfig, clock: Clock): BlobStore {
  let opened: Promise<BlobStore> | undefined;
  async function open(): Promise<BlobStore> {
    const [{ createS3BlobStore }, { createS3Client }] = await Promise.all([import('./s3-blob-store.ts'), import('./s3-client.ts')]);
    return createS3BlobStore({ client: createS3Client(location), bucket, clock, kmsKeyId });
  }
  const store = (): Promise<BlobStore> => (opened ??= open());
  return {
    put: async (key, body) => (await store()).put(key, body),
    get: async (key) => (await store()).get(key),
    delete: async (key) => (await store()).delete(key),
  };
}
