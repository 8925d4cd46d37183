import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { describeS3Api } from '../conformance/s3-api.suite.ts';
import { clientOf, openTestS3, s3Targets } from '../support/s3/s3-target.ts';
import { sign } from '../support/s3/sign-request.ts';
import { startS3Server, type CreatedObject } from '../support/s3/start-s3-server.ts';

describe.each(s3Targets(openTestS3, (given) => given))('%s', (_name, open) => {
  describeS3Api(open);
});

describe('signatures, beyond what an SDK lets one send', () => {
  test('a presigned address works until it expires, and for its method and path only', async () => {
    const { server } = await openTestS3();
    const presigned = (method: string, at: Date) => sign.presigned(server, { method, key: 'a', at, expiresSeconds: 60 });
    const now = new Date();
    expect((await fetch(presigned('PUT', now), { method: 'PUT', body: 'x' })).status).toBe(200);
    expect(await (await fetch(presigned('GET', now))).text()).toBe('x');
    expect((await fetch(presigned('GET', now), { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(presigned('GET', now).replace('/a?', '/b?'))).status).toBe(403);
    expect((await fetch(presigned('GET', new Date(now.getTime() - 61_000)))).status).toBe(403);
  });

  test('a body that is not the signed one', async () => {
    const { server } = await openTestS3();
    const headers = sign.headers(server, {
      method: 'PUT',
      key: 'a',
      at: new Date(),
      bodyHash: createHash('sha256').update('x').digest('hex'),
    });
    const put = (body: string, more = {}) =>
      fetch(`${server.endpoint}/${server.bucket}/a`, { method: 'PUT', body, headers: { ...headers, ...more } });
    expect(await (await put('y')).text()).toContain('<Code>XAmzContentSHA256Mismatch</Code>');
    expect((await put('x')).status).toBe(200);
  });

  test('no signature, and one of an hour ago', async () => {
    const { server } = await openTestS3();
    const address = `${server.endpoint}/${server.bucket}/a`;
    expect(await (await fetch(address)).text()).toContain('<Code>AccessDenied</Code>');
    const headers = sign.headers(server, { method: 'GET', key: 'a', at: new Date(Date.now() - 3_600_000), bodyHash: 'UNSIGNED-PAYLOAD' });
    expect(await (await fetch(address, { headers })).text()).toContain('<Code>RequestTimeTooSkewed</Code>');
  });
});

describe('chunks with a checksum behind them, beyond what an SDK lets one send', () => {
  const trailer = 'x-amz-checksum-crc32';
  const crc = (text: string): string => {
    const value = Buffer.alloc(4);
    value.writeUInt32BE(crc32(text));
    return value.toString('base64');
  };

  async function put(body: string, announced: string): Promise<{ status: number; code: string | undefined; stored: string | undefined }> {
    const { server } = await openTestS3();
    const headers = {
      ...sign.headers(server, { method: 'PUT', key: 'a', at: new Date(), bodyHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }),
      'content-encoding': 'aws-chunked,gzip',
      'x-amz-trailer': trailer,
      'x-amz-decoded-content-length': announced,
    };
    const response = await fetch(`${server.endpoint}/${server.bucket}/a`, { method: 'PUT', body, headers });
    const code = /<Code>(\w+)</.exec(await response.text())?.[1];
    const stored = server.keys().includes('a') ? server.bodyOf('a').toString() : undefined;
    const encoding = stored === undefined ? undefined : server.headersOf('a')['content-encoding'];
    return { status: response.status, code, stored: stored === undefined ? undefined : `${stored} as ${encoding}` };
  }

  test.each([
    ['another checksum', `3\r\nabc\r\n0\r\n${trailer}:${crc('abd')}\r\n\r\n`, '3', 'BadDigest'],
    ['no checksum', '3\r\nabc\r\n0\r\n\r\n', '3', 'MalformedTrailerError'],
    ['another length', `3\r\nabc\r\n0\r\n${trailer}:${crc('abc')}\r\n\r\n`, '4', 'IncompleteBody'],
    ['an end in the middle of a chunk', '5\r\nab', '5', 'IncompleteBody'],
  ])('refused: %s', async (_name, body, announced, code) => {
    expect(await put(body, announced)).toEqual({ status: 400, code, stored: undefined });
  });

  test('stored without the chunks, and without their name in the encoding', async () => {
    const body = `3\r\nabc\r\n2\r\nde\r\n0\r\n${trailer}:${crc('abcde')}\r\n\r\n`;
    expect(await put(body, '5')).toEqual({ status: 200, code: undefined, stored: 'abcde as gzip' });
  });
});

describe('faults', () => {
  test('each is met once, by its method', async () => {
    const { server, client, bucket: Bucket } = await openTestS3();
    const put = () => client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
    const get = async () => (await client.send(new GetObjectCommand({ Bucket, Key: 'a' }))).Body!.transformToString();
    server.fail('conflict', 'PUT');
    await expect(put()).rejects.toMatchObject({ name: 'ConditionalRequestConflict' });
    expect(server.keys()).toEqual([]);
    for (const kind of ['slow-down', 'reset', 'lost-answer'] as const) server.fail(kind, 'PUT');
    await put();
    server.fail('truncated', 'GET');
    await expect(get()).rejects.toThrow('aborted');
    server.fail('corrupted', 'GET');
    await expect(get()).rejects.toThrow('Checksum mismatch');
    expect(await get()).toBe('x');
    expect(server.faultsLeft).toBe(0);
  });

  test('every creation is told, with a sequencer that grows', async () => {
    const created: CreatedObject[] = [];
    const server = await startS3Server({ onCreated: (object) => void created.push(object) });
    onTestFinished(() => server.close());
    const client = clientOf(server);
    for (const Body of ['1', '22']) await client.send(new PutObjectCommand({ Bucket: server.bucket, Key: 'a', Body }));
    expect(created).toMatchObject([
      { bucket: server.bucket, key: 'a', size: 1 },
      { bucket: server.bucket, key: 'a', size: 2 },
    ]);
    expect(Number(`0x${created[1]?.sequencer}`)).toBeGreaterThan(Number(`0x${created[0]?.sequencer}`));
  });
});
