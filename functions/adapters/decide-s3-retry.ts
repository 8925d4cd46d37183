import { S3ServiceException } from '@aws-sdk/client-s3';

/**
 * What to do about a failed request once the SDK has given up: 409 is a race between conditional writes, which passes; what has
 * no `$metadata` broke after the answer had begun, where the SDK does not try again: a body that ended early or is another.
 */
export function decideS3Retry(error: unknown): 'again' | 'give-up' {
  if (!(error instanceof Error) || error.name === 'CredentialsProviderError') return 'give-up';
  return statusOf(error) === 409 || !('$metadata' in error) ? 'again' : 'give-up';
}

/** The answer's status, where there was one. */
export function statusOf(error: unknown): number | undefined {
  return error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
}
