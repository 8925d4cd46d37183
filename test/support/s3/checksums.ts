import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Error } from './s3-error.ts';

const algorithms: Readonly<Record<string, (body: Buffer) => string>> = {
  'x-amz-checksum-crc32': (body) => {
    const value = Buffer.alloc(4);
    value.writeUInt32BE(crc32(body));
    return value.toString('base64');
  },
  'x-amz-checksum-sha1': (body) => createHash('sha1').update(body).digest('base64'),
  'x-amz-checksum-sha256': (body) => createHash('sha256').update(body).digest('base64'),
};

/**
 * The checksums that came with a body, all of them right.
 *
 * @throws {S3Error} `BadDigest` for a wrong one, `NotImplemented` for an algorithm that this server does not know
 */
export function verifyChecksums(body: Buffer, sent: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const md5 = sent['content-md5'];
  if (md5 !== undefined && createHash('md5').update(body).digest('base64') !== md5) throw badDigest('Content-MD5');
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(sent)) {
    if (!/^x-amz-checksum-(?!algorithm|mode|type)/.test(name) || value === undefined) continue;
    const compute = algorithms[name];
    if (compute === undefined) throw new S3Error(501, 'NotImplemented', `This server does not compute ${name}.`);
    if (compute(body) !== value) throw badDigest(name);
    found[name] = value;
  }
  return found;
}

function badDigest(name: string): S3Error {
  return new S3Error(400, 'BadDigest', `The ${name} you specified did not match the calculated checksum.`);
}
