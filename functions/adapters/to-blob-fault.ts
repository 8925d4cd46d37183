import { MortemError } from '#core/errors.ts';
import { statusOf } from './decide-s3-retry.ts';

/** What is said of a request that S3 did not serve: not there, not allowed, or not now. */
export function toBlobFault(error: unknown, key: string): MortemError {
  if (error instanceof MortemError) return error;
  const status = statusOf(error);
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (status === 404 && error instanceof Error && error.name !== 'NoSuchBucket') {
    return new MortemError('not-found', `There is no blob ${key}.`, { cause: error });
  }
  if (status !== undefined && status < 500 && status !== 409 && status !== 429) {
    return new MortemError('internal', `The bucket refuses (${said}). Check its name, its region and the rights of this program.`, {
      cause: error,
    });
  }
  return new MortemError('unreachable', `The bucket cannot be reached right now (${said}). Try again later.`, { cause: error });
}
