import type { Clock } from '#core/ports.ts';
import type { Activity } from '../activity.ts';
import { startDeadline } from '../deadline.ts';
import { linkSignals } from '../link-signals.ts';
import type { KubernetesApi } from './kubernetes-api.ts';
import { readRefusal, type Refusal } from './read-body.ts';
import { readWatchLine, type WatchLine, type WatchReading } from './read-watch.ts';
import { readWatchLines } from './read-watch-lines.ts';

/** How a watch ended: cleanly, with an expired version, refused before it began, with a line that is a fault, or broken off. */
export type WatchEnd =
  | { readonly kind: 'ended' }
  | { readonly kind: 'expired'; readonly message: string }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'faulty'; readonly reason: string }
  | { readonly kind: 'broken'; readonly reason: string };

export interface WatchOptions {
  readonly api: KubernetesApi;
  readonly path: string;
  /** The resourceVersion after which changes are wanted. */
  readonly from: string;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly activity: Activity;
  readonly reading: WatchReading;
  /** After how long the server shall end the watch; default: 4 to 5 minutes. */
  readonly timeoutSeconds?: number;
}

export type GoodLine = Extract<WatchLine, { kind: 'change' | 'bookmark' }>;

export interface WatchListener {
  /** The head of the answer is there. A version that has expired is still told after it, and so is what was missed. */
  opened(): void;
  /** The server had nothing to send for a while: what happened until now was read. */
  quiet?(): void;
  /** Called one at a time and in order. */
  line(line: GoodLine): Promise<void>;
}

const headTimeoutMs = 30_000;
/** The server ends the watch itself after this long; spread, so that a fleet's watches do not all end together. */
const shortestTimeoutSeconds = 240;
/** A server that has not ended the watch by then is not there any more. */
const graceMs = 30_000;
/** What a server still has of the time before, it sends at once, and a process that was held up for a moment must not mistake that. */
const quietMs = 5000;

/** One watch from its request to its end. Whatever a server does is an end, never an exception. */
export async function watchOnce(options: WatchOptions, listener: WatchListener): Promise<WatchEnd> {
  const { api, path, from, clock, random, signal } = options;
  const { timeoutSeconds = shortestTimeoutSeconds + Math.floor(random() * 60) } = options;
  const overdue = startDeadline(clock, timeoutSeconds * 1000 + graceMs);
  const stop = linkSignals(signal, overdue.signal);
  try {
    const query = { watch: 'true', allowWatchBookmarks: 'true', resourceVersion: from, timeoutSeconds: String(timeoutSeconds) };
    const response = await api.get({ path, query, signal: stop.signal, timeoutMs: headTimeoutMs, watch: true });
    if (response.status === 410) return { kind: 'expired', message: (await readRefusal(response)).message };
    if (response.status !== 200) return { kind: 'refused', refusal: await readRefusal(response) };
    listener.opened();
    return await readLines(readWatchLines(response.body), options, listener);
  } catch (error) {
    const reason = overdue.signal.aborted
      ? 'the server did not end the watch in time'
      : error instanceof Error
        ? error.message
        : String(error);
    return { kind: 'broken', reason };
  } finally {
    overdue.cancel();
    stop.release();
  }
}

async function readLines(
  chunks: AsyncGenerator<Iterable<Buffer>>,
  { activity, reading, clock }: WatchOptions,
  listener: WatchListener,
): Promise<WatchEnd> {
  try {
    for (;;) {
      const askedAt = clock.now().getTime();
      const chunk = await activity.idleWhile(chunks.next());
      if (clock.now().getTime() - askedAt >= quietMs) listener.quiet?.();
      if (chunk.done === true) return { kind: 'ended' };
      for (const bytes of chunk.value) {
        const line = readWatchLine(bytes, reading);
        if (line.kind === 'expired') return line;
        if (line.kind === 'fault') return { kind: 'faulty', reason: line.message };
        await listener.line(line);
      }
    }
  } finally {
    await chunks.return(undefined);
  }
}
