import { expect, test } from 'vitest';
import { parseRetryAfter } from '../../../collector/ship/http-sender.ts';
import { judgeResponse, type SendResult, type Verdict } from '../../../collector/ship/judge-response.ts';

const answered = (status: number, body = '', retryAfterMs?: number): SendResult => ({
  kind: 'answered',
  status,
  body,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

test.each<[SendResult, Verdict]>([
  [answered(202, '{"batch":"b","accepted":3,"duplicates":0,"rejected":[]}'), { kind: 'ack', rejected: [] }],
  [answered(202, '{"rejected":[{"line":2,"reason":"unknown kind"}]}'), { kind: 'ack', rejected: [{ line: 2, reason: 'unknown kind' }] }],
  [answered(200), { kind: 'ack', rejected: [] }],
  [answered(409, '{"error":"already there"}'), { kind: 'ack', rejected: [] }],
  [answered(400, '{"error":"not gzip"}'), { kind: 'reject', reason: '400 not gzip' }],
  [answered(415, '{"error":{"code":"unsupported","message":"unknown schema"}}'), { kind: 'reject', reason: '415 unknown schema' }],
  [answered(422, '{"message":"no line is valid"}'), { kind: 'reject', reason: '422 no line is valid' }],
  [answered(413, 'too large'), { kind: 'split', reason: '413 too large' }],
  [answered(408), { kind: 'keep', reason: '408', retryAfterMs: 0 }],
  [answered(429, '{"error":"slow down"}', 7000), { kind: 'keep', reason: '429 slow down', retryAfterMs: 7000 }],
  [answered(500, '<html>oops</html>'), { kind: 'keep', reason: '500 <html>oops</html>', retryAfterMs: 0 }],
  [answered(503, '', 60_000), { kind: 'keep', reason: '503', retryAfterMs: 60_000 }],
  [answered(401, '{"error":"unknown key"}'), { kind: 'keep', reason: '401 unknown key', retryAfterMs: 30_000 }],
  [answered(404, 'not found'), { kind: 'keep', reason: '404 not found', retryAfterMs: 30_000 }],
  [answered(301), { kind: 'keep', reason: '301', retryAfterMs: 0 }],
  [
    { kind: 'unreachable', reason: 'ECONNREFUSED' },
    { kind: 'keep', reason: 'ECONNREFUSED', retryAfterMs: 0 },
  ],
])('%j', (result, verdict) => {
  expect(judgeResponse(result)).toEqual(verdict);
});

test.each([
  [undefined, undefined],
  ['5', 5000],
  ['0', 0],
  ['86400', 600_000],
  ['Sun, 22 Nov 2026 11:00:30 GMT', 30_000],
  ['Sun, 22 Nov 2026 10:00:00 GMT', 0],
  ['soon', undefined],
])('Retry-After: %s', (header, ms) => {
  expect(parseRetryAfter(header, new Date('2026-11-22T11:00:00Z'))).toBe(ms);
});
