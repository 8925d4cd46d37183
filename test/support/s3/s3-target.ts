import { randomUUID } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { startS3Server } from './start-s3-server.ts';

/** A bucket to test against. */
export interface S3Target {
  readonly client: S3Client;
  readonly bucket: string;
}

/** The S3 server of the tests, for the running test alone. */
export async function openTestS3(): Promise<S3Target & { readonly server: Awaited<ReturnType<typeof startS3Server>> }> {
  const server = await startS3Server();
  onTestFinished(() => server.close());
  return { client: clientOf(server), bucket: server.bucket, server };
}

export function clientOf({ endpoint, credentials: { region, ...keys } }: Awaited<ReturnType<typeof startS3Server>>): S3Client {
  return new S3Client({ endpoint, region, credentials: keys, forcePathStyle: true, maxAttempts: 4 });
}

/**
 * What a suite runs against: the S3 server of the tests, and a store that is given from outside by `S3_ENDPOINT` and `S3_BUCKET`,
 * with credentials from where the SDK looks for them.
 */
export function s3Targets<T>(open: () => Promise<T>, use: (given: S3Target) => T): (readonly [string, () => Promise<T>])[] {
  const { S3_ENDPOINT: endpoint, S3_BUCKET: bucket, AWS_REGION: region = 'us-east-1' } = process.env;
  const own = ['the S3 of the tests', open] as const;
  if (endpoint === undefined) return [own];
  if (bucket === undefined) throw new Error('S3_ENDPOINT is set: say with S3_BUCKET which bucket the tests may write to.');
  const client = new S3Client({ endpoint, region, forcePathStyle: true });
  return [own, [`the S3 at ${endpoint}`, async () => use({ client, bucket })]];
}

/** A prefix that no other test uses, so that a shared bucket is as good as an empty one. */
export function ownPrefix(): string {
  return `mortem-test/${randomUUID()}/`;
}
