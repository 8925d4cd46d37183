import { messageOf } from '../watch/read-body.ts';

/** What the log API gave: a text, or words why there is none. */
export type LogAnswer =
  | { readonly kind: 'text'; readonly text: string; readonly droppedBytes: number; readonly cutByLines: boolean }
  | {
      readonly kind: 'missing';
      readonly status?: number;
      readonly reason: string;
      readonly retryAfterMs?: number;
      readonly passing: boolean;
    };

/** The head of a 200 is sent before the log is opened, so its failure comes as the body. With time stamps asked for, no log looks so. */
const errorBody = /^(?:unable to retrieve container logs for \S+|failed to try resolving symlinks in path [^\n]*)\s*$/;

/** `passing` faults (429, 5xx) may be gone at the next try; the others are the answer. */
export function judgeLogAnswer(status: number, body: string, retryAfterMs?: number): Extract<LogAnswer, { kind: 'missing' }> | undefined {
  if (status === 200) {
    return errorBody.test(body) ? { kind: 'missing', status, reason: body.trim().slice(0, 16_384), passing: false } : undefined;
  }
  return {
    kind: 'missing',
    status,
    reason: messageOf(body) ?? `HTTP ${status} without a message`,
    passing: status === 429 || status >= 500,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}
