import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MortemError } from '#core/errors.ts';
import { maxInflatedBytes } from '#core/wire/sizes.ts';
import { claimedSize } from './claimed-size.ts';

const inflate = promisify(gunzip);

/** Fewer, larger pieces than zlib's 16 KiB. */
const chunkBytes = 262_144;

/** @throws {MortemError} `bad-input` when it is no complete gzip, `too-large` when it inflates beyond the limit */
export async function inflateBatch(body: Uint8Array): Promise<Buffer> {
  const most = claimedSize(body);
  try {
    return await inflate(body, { maxOutputLength: most, chunkSize: chunkBytes });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE' && most === maxInflatedBytes) {
      throw new MortemError(
        'too-large',
        `The body inflates to more than ${maxInflatedBytes} bytes. Send fewer observations in one batch.`,
        { cause: error },
      );
    }
    if (code === 'Z_BUF_ERROR') {
      throw new MortemError('bad-input', 'The gzip body ends too early. Send the batch again, whole.', { cause: error });
    }
    if (code === 'ERR_BUFFER_TOO_LARGE' || (typeof code === 'string' && code.startsWith('Z_'))) {
      throw new MortemError('bad-input', 'The body is not gzip. Send NDJSON, compressed with gzip.', { cause: error });
    }
    throw error;
  }
}
