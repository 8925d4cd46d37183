import type { ServerResponse } from 'node:http';
import { conditionalConflict, slowDown } from './s3-error.ts';
import type { S3Response } from './s3-request.ts';

/**
 * - `conflict`: 409, nothing is done
 * - `slow-down`: 503, nothing is done
 * - `lost-answer`: it is done, and 503 is answered
 * - `reset`: the connection breaks, nothing is done
 * - `truncated`: half of the answer's body, then the connection breaks
 * - `corrupted`: one bit of the answer's body is another
 */
export type FaultKind = 'conflict' | 'slow-down' | 'lost-answer' | 'reset' | 'truncated' | 'corrupted';

export interface Fault {
  readonly kind: FaultKind;
  /** Of requests with this method. */
  readonly method: string;
}

/** Faults in the order they come; each is used once. */
export class FaultPlan {
  readonly #faults: Fault[] = [];

  add(kind: FaultKind, method: string, times: number): void {
    for (let count = 0; count < times; count += 1) this.#faults.push({ kind, method });
  }

  take(method: string): FaultKind | undefined {
    const at = this.#faults.findIndex((fault) => fault.method === method);
    return at === -1 ? undefined : this.#faults.splice(at, 1)[0]?.kind;
  }

  get left(): number {
    return this.#faults.length;
  }
}

/** @throws {S3Error} in place of doing anything */
export function failBefore(kind: FaultKind | undefined): void {
  if (kind === 'conflict') throw conditionalConflict();
  if (kind === 'slow-down') throw slowDown();
}

/** @throws {S3Error} after everything was done */
export function failAfter(kind: FaultKind | undefined): void {
  if (kind === 'lost-answer') throw slowDown();
}

/** Writes the answer, as the fault wants it. */
export function writeAnswer(response: ServerResponse, { status, headers = {}, body = '' }: S3Response, kind: FaultKind | undefined): void {
  const bytes = Buffer.from(body);
  response.writeHead(status, { 'content-length': bytes.length, ...headers });
  if (kind === 'truncated') {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
    return;
  }
  if (kind === 'corrupted' && bytes.length > 0) bytes[Math.floor(bytes.length / 2)]! ^= 1;
  response.end(bytes);
}
