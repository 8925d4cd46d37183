import { on } from 'node:events';

/** What the bench says to its child processes. */
export type Order = Storm | { readonly kind: 'ask' };

/** `rollout`: pods are replaced, and each event changes something. `touch`: each event is a pod that somebody annotated. */
export interface Storm {
  readonly kind: 'storm';
  readonly what: 'rollout' | 'touch';
  readonly changes: number;
  readonly perSecond: number;
}

/** What a child process says to the bench. */
export type Report =
  | { readonly kind: 'serving'; readonly apiPort: number; readonly sinkPort: number; readonly cert: string }
  | { readonly kind: 'stormed'; readonly resourceVersion: string }
  | { readonly kind: 'taken'; readonly observations: number; readonly newest: string; readonly watches: number }
  | { readonly kind: 'read'; readonly lines: number };

/** In a child: says it to the bench. */
export function tell(report: Report): void {
  process.send?.(report);
}

/** In a child: what the bench says, as it comes. */
export async function* told(): AsyncGenerator<Order> {
  for await (const [order] of on(process, 'message')) yield order;
}
