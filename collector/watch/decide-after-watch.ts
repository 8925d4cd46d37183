import type { Refusal } from './read-body.ts';
import type { WatchEnd } from './watch-once.ts';

export interface EndedWatch {
  readonly end: WatchEnd;
  /** Good lines it gave. */
  readonly lines: number;
  readonly lastedMs: number;
  /** Watches before it, one after the other without a good line, that the server answered with a fault. */
  readonly faultsBefore: number;
  /** Something of it, or of what came before it, was not handled. */
  readonly isIncomplete: boolean;
}

/**
 * `again`: watch on from the last version. `doubt`: the same, if the server knows that version. `relist`: that version is of no
 * use. `retry`: wait, then the same. `refused`: not allowed or not there.
 */
export type AfterWatch =
  | { readonly kind: 'again' }
  | { readonly kind: 'doubt' }
  | { readonly kind: 'relist'; readonly reason: string; readonly afterPause: boolean; readonly retryAfterMs: number }
  | { readonly kind: 'retry'; readonly reason: string; readonly isFault: boolean; readonly retryAfterMs: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** A watch that ends sooner, and empty, failed in disguise. */
const shortestWatchMs = 1000;
/** A server that answers so many watches with a fault may have one that only a new list gets around, such as a version it cannot read. */
const mostFaults = 4;
/** They speak about the moment or the caller, not about the version. */
const passing = new Set([401, 408, 425, 429]);

export function decideAfterWatch({ end, lines, lastedMs, faultsBefore, isIncomplete }: EndedWatch): AfterWatch {
  const worked = lines > 0 || lastedMs >= shortestWatchMs;
  switch (end.kind) {
    case 'ended':
      if (!worked) return { kind: 'retry', reason: 'the watch ended at once', isFault: false, retryAfterMs: 0 };
      if (isIncomplete) return { kind: 'relist', reason: 'an object was not handled', afterPause: false, retryAfterMs: 0 };
      // A version from the future is answered with silence.
      return { kind: lines > 0 ? 'again' : 'doubt' };
    case 'expired':
      return { kind: 'relist', reason: end.message, afterPause: !worked, retryAfterMs: 0 };
    case 'broken':
      return { kind: 'retry', reason: end.reason, isFault: false, retryAfterMs: 0 };
    case 'faulty':
      return afterFault({ reason: end.reason, retryAfterMs: 0 }, lines > 0 ? 0 : faultsBefore);
    case 'refused':
      return afterRefusal(end.refusal, faultsBefore);
    default:
      return end satisfies never;
  }
}

function afterRefusal(refusal: Refusal, faultsBefore: number): AfterWatch {
  const { status, message: reason, retryAfterMs = 0 } = refusal;
  if (status === 403 || status === 404) return { kind: 'refused', refusal };
  if (passing.has(status)) return { kind: 'retry', reason, isFault: false, retryAfterMs };
  if (status >= 400 && status < 500) return { kind: 'relist', reason, afterPause: true, retryAfterMs };
  return afterFault({ reason, retryAfterMs }, faultsBefore);
}

function afterFault(fault: { readonly reason: string; readonly retryAfterMs: number }, faultsBefore: number): AfterWatch {
  if (faultsBefore + 1 >= mostFaults) return { kind: 'relist', ...fault, afterPause: true };
  return { kind: 'retry', ...fault, isFault: true };
}
