/** What S3 answers when it refuses: its code, its status and a sentence. */
export class S3Error extends Error {
  readonly code: string;
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'S3Error';
    this.status = status;
    this.code = code;
  }
}

export const noSuchKey = (): S3Error => new S3Error(404, 'NoSuchKey', 'The specified key does not exist.');
export const preconditionFailed = (): S3Error =>
  new S3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
export const conditionalConflict = (): S3Error =>
  new S3Error(409, 'ConditionalRequestConflict', 'A conflicting operation occurred during the request.');
export const slowDown = (): S3Error => new S3Error(503, 'SlowDown', 'Please reduce your request rate.');
export const signatureMismatch = (): S3Error =>
  new S3Error(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided.');
