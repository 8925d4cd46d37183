import { createHash } from 'node:crypto';
import { noSuchKey, preconditionFailed, S3Error } from './s3-error.ts';

export interface StoredObject {
  readonly body: Buffer;
  /** With its quotation marks. */
  readonly etag: string;
  /** What GET and HEAD say about it: content type, metadata, checksums, encryption. */
  readonly headers: Readonly<Record<string, string>>;
  readonly modified: Date;
  /** Hexadecimal, growing with every write of a key, as in a notification. */
  readonly sequencer: string;
}

export interface Condition {
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

/** The objects of one bucket. Synchronous, so that a condition and its write are one step. */
export class ObjectTable {
  readonly #objects = new Map<string, StoredObject>();
  #writes = 0;

  /** @throws {S3Error} when the condition does not hold */
  put(key: string, object: Pick<StoredObject, 'body' | 'headers'> & { readonly etag?: string }, condition: Condition): StoredObject {
    this.#check(key, condition);
    this.#writes += 1;
    const stored = {
      etag: etagOf(object.body),
      ...object,
      modified: new Date(),
      // Not padded, as S3 does not either: who compares them has to.
      sequencer: (0x5f00 + this.#writes).toString(16).toUpperCase(),
    };
    this.#objects.set(key, stored);
    return stored;
  }

  /** @throws {S3Error} `NoSuchKey` */
  get(key: string): StoredObject {
    const object = this.#objects.get(key);
    if (object === undefined) throw noSuchKey();
    return object;
  }

  delete(key: string): void {
    this.#objects.delete(key);
  }

  /** In the order of UTF-8, as S3 lists. */
  keys(): readonly string[] {
    return [...this.#objects.keys()].toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  }

  #check(key: string, { ifMatch, ifNoneMatch }: Condition): void {
    const current = this.#objects.get(key);
    if (ifNoneMatch !== undefined) {
      if (ifNoneMatch !== '*') throw new S3Error(501, 'NotImplemented', 'A PUT takes If-None-Match with * only.');
      if (current !== undefined) throw preconditionFailed();
    }
    if (ifMatch !== undefined) {
      if (current === undefined) throw noSuchKey();
      if (current.etag !== ifMatch) throw preconditionFailed();
    }
  }
}

export function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}
