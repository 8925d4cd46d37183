import type { Clock } from '#core/ports.ts';
import { forbidden } from '../coverage.ts';
import type { Recorder } from '../recorder.ts';

/** The whole API, or one of the two ways to ask it. */
export type UsageWay = 'offer' | 'list' | 'get';

/** What was refused, and told: once in the life of a process, for a report counts such a note as long as it knows it. */
export interface UsageRefusals {
  refused(way: UsageWay, namespace: string | undefined, message: string): Promise<void>;
  over(way: UsageWay, namespace: string | undefined): void;
  /** False for some minutes after a refusal. */
  allows(way: UsageWay, namespace: string | undefined): boolean;
}

/** Name of the resource in coverage notes, as RBAC's tools write it. */
export const usageResource = 'pods.metrics.k8s.io';

const askAgainMs = 600_000;

export function createUsageRefusals(dependencies: {
  readonly collector: string;
  readonly recorder: Recorder;
  readonly clock: Clock;
}): UsageRefusals {
  const { collector, recorder, clock } = dependencies;
  const refusedSince = new Map<string, number>();
  const told = new Set<string>();
  const keyOf = (way: UsageWay, namespace = ''): string => `${way} ${namespace}`;
  let lastNoteAt = 0;

  /** A note is known by its time: two of one moment would be one. */
  function noteTime(): Date {
    lastNoteAt = Math.max(lastNoteAt + 1, clock.now().getTime());
    return new Date(lastNoteAt);
  }

  return {
    async refused(way, namespace, message) {
      const key = keyOf(way, namespace);
      refusedSince.set(key, clock.now().getTime());
      if (told.has(key)) return;
      told.add(key);
      const source = { resource: usageResource, ...(namespace !== undefined && { namespace }) };
      await recorder.record(forbidden(collector, source, { refusal: { status: 403, message: sentenceOf(way, message) }, now: noteTime() }));
    },
    over: (way, namespace) => void refusedSince.delete(keyOf(way, namespace)),
    allows(way, namespace) {
      const since = refusedSince.get(keyOf(way, namespace));
      return since === undefined || clock.now().getTime() - since >= askAgainMs;
    },
  };
}

function sentenceOf(way: UsageWay, message: string): string {
  return way === 'offer' ? `no memory samples, the cluster does not offer them: ${message}` : message;
}
