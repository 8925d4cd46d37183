import { createHash, createHmac } from 'node:crypto';
import type { S3Server } from './start-s3-server.ts';

interface ToSign {
  readonly method: string;
  readonly key: string;
  readonly at: Date;
}

/** Signature Version 4 for requests that no SDK would send. Written apart from the verifier, which it tests. */
export const sign = {
  headers(server: S3Server, { method, key, at, bodyHash }: ToSign & { readonly bodyHash: string }): Record<string, string> {
    const { host } = new URL(server.endpoint);
    const date = dateOf(at);
    const canonical = [
      method,
      `/${server.bucket}/${key}`,
      '',
      `host:${host}`,
      `x-amz-content-sha256:${bodyHash}`,
      `x-amz-date:${date}`,
      '',
      'host;x-amz-content-sha256;x-amz-date',
      bodyHash,
    ].join('\n');
    const { scope, signature } = signatureOf(server, date, canonical);
    const authorization = `AWS4-HMAC-SHA256 Credential=${server.credentials.accessKeyId}/${scope}, SignedHeaders=host;x-amz-content-sha256;x-amz-date, Signature=${signature}`;
    return { 'x-amz-date': date, 'x-amz-content-sha256': bodyHash, authorization };
  },
  presigned(server: S3Server, { method, key, at, expiresSeconds }: ToSign & { readonly expiresSeconds: number }): string {
    const { host } = new URL(server.endpoint);
    const date = dateOf(at);
    const scope = scopeOf(server, date);
    const query = new URLSearchParams({
      'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
      'X-Amz-Credential': `${server.credentials.accessKeyId}/${scope}`,
      'X-Amz-Date': date,
      'X-Amz-Expires': String(expiresSeconds),
      'X-Amz-SignedHeaders': 'host',
    }).toString();
    const path = `/${server.bucket}/${key}`;
    const { signature } = signatureOf(server, date, [method, path, query, `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n'));
    return `${server.endpoint}${path}?${query}&X-Amz-Signature=${signature}`;
  },
};

function signatureOf(server: S3Server, date: string, canonical: string): { readonly scope: string; readonly signature: string } {
  const scope = scopeOf(server, date);
  const hash = createHash('sha256').update(canonical).digest('hex');
  let key: Buffer | string = `AWS4${server.credentials.secretAccessKey}`;
  for (const part of scope.split('/')) key = createHmac('sha256', key).update(part).digest();
  return { scope, signature: createHmac('sha256', key).update(`AWS4-HMAC-SHA256\n${date}\n${scope}\n${hash}`).digest('hex') };
}

function scopeOf({ credentials: { region } }: S3Server, date: string): string {
  return `${date.slice(0, 8)}/${region}/s3/aws4_request`;
}

function dateOf(at: Date): string {
  return at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
}
