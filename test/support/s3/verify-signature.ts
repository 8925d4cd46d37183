import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { S3Error, signatureMismatch } from './s3-error.ts';

export interface SignedRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bodyHash: string;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
}

/** How far the clocks of client and server may be apart. */
const skewMs = 15 * 60_000;

interface Signature {
  readonly credential: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20260503T140000Z` */
  readonly date: string;
  readonly payloadHash: string;
}

/**
 * AWS Signature Version 4, in the header or presigned in the query.
 *
 * @throws {S3Error} with the code that S3 uses
 */
export function verifySignature(request: SignedRequest, credentials: Credentials, now: Date): void {
  const url = new URL(request.target, 'http://s3');
  const given = url.searchParams.has('X-Amz-Signature') ? fromQuery(url, now) : fromHeader(request, now);
  const [accessKeyId, day = '', region, service, end] = given.credential.split('/');
  if (accessKeyId !== credentials.accessKeyId) {
    throw new S3Error(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.');
  }
  if (region !== credentials.region || service !== 's3' || end !== 'aws4_request' || !given.date.startsWith(day)) {
    throw new S3Error(400, 'AuthorizationHeaderMalformed', `The authorization header is malformed; expecting ${credentials.region}`);
  }
  if (!given.signedHeaders.includes('host')) throw signatureMismatch();
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = `AWS4-HMAC-SHA256\n${given.date}\n${scope}\n${sha256(canonicalRequest(request, url, given))}`;
  const keys = [day, region, 's3', 'aws4_request'];
  const key = keys.reduce<Buffer | string>((secret, part) => hmac(secret, part), `AWS4${credentials.secretAccessKey}`);
  const expected = hmac(key, text);
  const actual = Buffer.from(given.signature, 'hex');
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) throw signatureMismatch();
}

function fromHeader({ headers, bodyHash }: SignedRequest, now: Date): Signature {
  const match = /^AWS4-HMAC-SHA256 Credential=(\S+?), *SignedHeaders=(\S+?), *Signature=([0-9a-f]{64})$/.exec(
    headers['authorization'] ?? '',
  );
  if (match === null) throw new S3Error(403, 'AccessDenied', 'Access Denied');
  const [, credential = '', signedHeaders = '', signature = ''] = match;
  const date = headers['x-amz-date'] ?? '';
  if (Math.abs(timeOf(date) - now.getTime()) > skewMs) {
    throw new S3Error(403, 'RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.');
  }
  const payloadHash = headers['x-amz-content-sha256'] ?? '';
  if (/^[0-9a-f]{64}$/.test(payloadHash) && payloadHash !== bodyHash) {
    throw new S3Error(400, 'XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.");
  }
  return { credential, signedHeaders: signedHeaders.split(';'), signature, date, payloadHash };
}

function fromQuery(url: URL, now: Date): Signature {
  const get = (name: string): string => url.searchParams.get(name) ?? '';
  const date = get('X-Amz-Date');
  const from = timeOf(date);
  if (now.getTime() > from + Number(get('X-Amz-Expires')) * 1000 || now.getTime() < from - skewMs) {
    throw new S3Error(403, 'AccessDenied', 'Request has expired');
  }
  return {
    credential: get('X-Amz-Credential'),
    signedHeaders: get('X-Amz-SignedHeaders').split(';'),
    signature: get('X-Amz-Signature'),
    date,
    payloadHash: 'UNSIGNED-PAYLOAD',
  };
}

function canonicalRequest(request: SignedRequest, url: URL, { signedHeaders, payloadHash }: Signature): string {
  const [path = ''] = request.target.split('?');
  const query = [...url.searchParams]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .toSorted();
  const headers = signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim().replaceAll(/ +/g, ' ')}\n`);
  return [request.method, path, query.join('&'), headers.join(''), signedHeaders.join(';'), payloadHash].join('\n');
}

/** RFC 3986: stricter than encodeURIComponent. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function timeOf(date: string): number {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
