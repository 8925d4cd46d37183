import { HTTPException } from 'hono/http-exception';
import { problemResponse } from '../middleware/problem.ts';
import type { Admission } from '../usecases/admission.ts';

/** @throws {HTTPException} 429 with `Retry-After`: a fault that only HTTP knows */
export function checkRate(admission: Admission): void {
  if (!admission.admitted) throw tooMany('The cluster sends more batches than it may.', admission.retryAfterSeconds);
}

/** For a sender that is asked to wait; nothing of what it sent was kept. */
export function tooMany(reason: string, seconds: number): HTTPException {
  const detail = `${reason} Send this one again in ${seconds} s; nothing of it was kept.`;
  const problem = { type: 'urn:mortem:problem:too-many-requests', title: 'Too many requests', status: 429, detail } as const;
  return new HTTPException(429, { res: problemResponse(problem, { 'retry-after': String(seconds) }) });
}
