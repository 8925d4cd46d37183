/** `observations/<cluster>/<yyyy>/<mm>/<dd>/<sha256>.ndjson.gz`: a day of a cluster can be found, and expired, by prefix. */
export function blobKey(cluster: string, digest: string, receivedAt: Date): string {
  const [year, month, day] = receivedAt.toISOString().slice(0, 10).split('-');
  return `observations/${cluster}/${year}/${month}/${day}/${digest}.ndjson.gz`;
}
