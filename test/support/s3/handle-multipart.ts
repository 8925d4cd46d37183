import { randomUUID } from 'node:crypto';
import { joinParts, type Upload } from './join-parts.ts';
import { describedHeaders } from './handle-object.ts';
import { etagOf, type ObjectTable } from './object-table.ts';
import { S3Error } from './s3-error.ts';
import { header, type S3Request, type S3Response } from './s3-request.ts';
import { xmlDocument } from './xml.ts';

const xml = { 'content-type': 'application/xml' };

/** CreateMultipartUpload, UploadPart, CompleteMultipartUpload, AbortMultipartUpload. */
export function handleMultipart(table: ObjectTable, uploads: Map<string, Upload>, request: S3Request): S3Response {
  const { method, bucket, key, query } = request;
  if (method === 'POST' && query.has('uploads')) {
    const id = randomUUID();
    uploads.set(id, { key, headers: describedHeaders(request), parts: new Map() });
    return { status: 200, headers: xml, body: xmlDocument('InitiateMultipartUploadResult', { Bucket: bucket, Key: key, UploadId: id }) };
  }
  const id = query.get('uploadId') ?? '';
  const upload = uploads.get(id);
  if (upload === undefined || upload.key !== key) throw new S3Error(404, 'NoSuchUpload', 'The specified upload does not exist.');
  if (method === 'PUT') {
    upload.parts.set(Number(query.get('partNumber')), request.body);
    return { status: 200, headers: { etag: etagOf(request.body) } };
  }
  if (method === 'POST') {
    const joined = joinParts(upload, request);
    const condition = { ifMatch: header(request, 'if-match'), ifNoneMatch: header(request, 'if-none-match') };
    const { etag } = table.put(key, { ...joined, headers: upload.headers }, condition);
    uploads.delete(id);
    return { status: 200, headers: xml, body: xmlDocument('CompleteMultipartUploadResult', { Bucket: bucket, Key: key, ETag: etag }) };
  }
  uploads.delete(id);
  return { status: 204 };
}
