import { S3Client } from '@aws-sdk/client-s3';

export interface S3Location {
  readonly region: string;
  /** Of an S3-compatible store, which then is addressed by path; absent: S3 itself. */
  readonly endpoint?: string | undefined;
}

/** Tries of the SDK for what passes: time-outs, 5xx, `SlowDown`. Some seconds in all. */
const maxAttempts = 4;

/**
 * A client with credentials from the usual places: environment, profile, role of the function.
 * For stores that do not know S3's newer checksums, the SDK reads `AWS_REQUEST_CHECKSUM_CALCULATION=when_required`.
 */
export function createS3Client({ region, endpoint }: S3Location): S3Client {
  return new S3Client({ region, maxAttempts, ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }) });
}
