import { etagOf } from './object-table.ts';
import { S3Error } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';
import { textsOf } from './xml.ts';

/** A multipart upload that was begun and not completed. */
export interface Upload {
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly parts: Map<number, Buffer>;
}

const minPartBytes = 5 * 1024 * 1024;

/** Puts the parts together that the request lists, in its order. */
export function joinParts(upload: Upload, request: S3Request): { readonly body: Buffer; readonly etag: string } {
  const xml = request.body.toString();
  const etags = textsOf(xml, 'ETag');
  const parts = textsOf(xml, 'PartNumber').map((number, index) => {
    const part = upload.parts.get(Number(number));
    if (part === undefined || etagOf(part) !== `"${etags[index]?.replaceAll('"', '')}"`) {
      throw new S3Error(400, 'InvalidPart', 'One or more of the specified parts could not be found.');
    }
    return part;
  });
  if (parts.length === 0) throw new S3Error(400, 'MalformedXML', 'The XML you provided was not well-formed.');
  if (parts.slice(0, -1).some((part) => part.length < minPartBytes)) {
    throw new S3Error(400, 'EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size');
  }
  const digests = Buffer.concat(parts.map((part) => Buffer.from(etagOf(part).replaceAll('"', ''), 'hex')));
  return { body: Buffer.concat(parts), etag: `"${etagOf(digests).replaceAll('"', '')}-${parts.length}"` };
}
