import { isObject } from '../trim/read-field.ts';
import { parseJson } from '../watch/read-body.ts';

/** What came of sending a batch. */
export type SendResult =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string; readonly retryAfterMs?: number }
  | { readonly kind: 'unreachable'; readonly reason: string };

export type Verdict =
  | { readonly kind: 'ack'; readonly rejected: readonly unknown[] }
  | { readonly kind: 'keep'; readonly reason: string; readonly retryAfterMs: number }
  | { readonly kind: 'split'; readonly reason: string }
  | { readonly kind: 'reject'; readonly reason: string };

/** These speak about the address or the credential: somebody will mend it, and the batch is not to blame. */
const misconfigured = new Set([401, 403, 404, 405]);
const passing = new Set([408, 425, 429]);
const misconfiguredRetryMs = 30_000;

/** 2xx and 409 (already there) are done; what may pass is kept; any other 4xx will be the same the next time. */
export function judgeResponse(result: SendResult): Verdict {
  if (result.kind === 'unreachable') return { kind: 'keep', reason: result.reason, retryAfterMs: 0 };
  const { status, body, retryAfterMs = 0 } = result;
  if ((status >= 200 && status < 300) || status === 409) return { kind: 'ack', rejected: rejectedLines(body) };
  const reason = `${status} ${sentenceOf(body)}`.trim();
  if (misconfigured.has(status)) return { kind: 'keep', reason, retryAfterMs: Math.max(retryAfterMs, misconfiguredRetryMs) };
  if (status === 413) return { kind: 'split', reason };
  if (status < 400 || status >= 500 || passing.has(status)) return { kind: 'keep', reason, retryAfterMs };
  return { kind: 'reject', reason };
}

function rejectedLines(body: string): readonly unknown[] {
  const answer = parseJson(body);
  return isObject(answer) && Array.isArray(answer.rejected) ? answer.rejected : [];
}

/** The sentence in problem+json (`detail`), or in `error` or `message` of a proxy on the way; else the beginning of the body. */
function sentenceOf(body: string): string {
  const answer = parseJson(body);
  if (!isObject(answer)) return body.trim().slice(0, 500);
  const said = isObject(answer.error) ? answer.error.message : (answer.detail ?? answer.error ?? answer.message);
  return typeof said === 'string' ? said.slice(0, 500) : '';
}
