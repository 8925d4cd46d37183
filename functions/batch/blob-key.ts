import { MortemError } from '#core/errors.ts';

/** `observations/<cluster>/<yyyy>/<mm>/<dd>/<sha256>.ndjson.gz`: a day of a cluster can be found, and expired, by prefix. */
export function blobKey(cluster: string, digest: string, receivedAt: Date): string {
  const [year, month, day] = receivedAt.toISOString().slice(0, 10).split('-');
  return `observations/${cluster}/${year}/${month}/${day}/${digest}.ndjson.gz`;
}

const observationsKey = /^observations\/([^/]+)\/\d{4}\/\d{2}\/\d{2}\/([0-9a-f]{64})\.ndjson\.gz$/;

/** The id of the batch whose body lies there; undefined for what is no body of a batch. */
export function batchOfBlobKey(key: string): string | undefined {
  const [, cluster, digest] = observationsKey.exec(key) ?? [];
  return cluster === undefined ? undefined : `${cluster}/${digest}`;
}

/** Segments of letters, digits and `._-` that do not start with a dot: no key can leave a directory or name a hidden file. */
const pattern = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

/** @throws {MortemError} `bad-input` */
export function checkBlobKey(key: string): void {
  if (pattern.test(key)) return;
  throw new MortemError('bad-input', 'A blob key has segments of letters, digits, dots, dashes and underscores.');
}
