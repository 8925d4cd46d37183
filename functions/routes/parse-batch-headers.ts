import { MortemError } from '#core/errors.ts';
import { schemaVersion } from '#core/wire/sizes.ts';

export interface BatchHeaders {
  readonly digest: string;
  readonly collector: string;
}

/**
 * The headers of a batch, as the wire wants them.
 *
 * @throws {MortemError} `unsupported` for another format or version, `bad-input` without a digest
 */
export function parseBatchHeaders(headers: Headers): BatchHeaders {
  const mediaType = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType !== 'application/x-ndjson') {
    throw new MortemError('unsupported', 'Observations are sent with "content-type: application/x-ndjson".');
  }
  if (headers.get('content-encoding')?.trim().toLowerCase() !== 'gzip') {
    throw new MortemError('unsupported', 'Observations are sent compressed, with "content-encoding: gzip".');
  }
  if (headers.get('mortem-schema') !== schemaVersion) {
    throw new MortemError(
      'unsupported',
      `This server reads ${schemaVersion}: send "mortem-schema: ${schemaVersion}", from a collector of the same version.`,
    );
  }
  const digest = headers.get('mortem-batch') ?? '';
  if (!/^[0-9a-f]{64}$/.test(digest)) {
    throw new MortemError(
      'bad-input',
      'The header "mortem-batch" carries the SHA-256 of the body as sent, in 64 lower-case hexadecimal digits.',
    );
  }
  return { digest, collector: (headers.get('mortem-collector') ?? 'unknown').slice(0, 128) };
}
