import type { Condition } from '#core/wire/pod.ts';
import { compact } from './compact.ts';
import { objects, text, time, word } from './read-field.ts';

/** Conditions of pods, workloads and nodes; heartbeat times are left out, they change without meaning anything. */
export function trimConditions(value: unknown): Condition[] {
  return objects(value, 64).flatMap((raw) => {
    const type = word(raw.type, 316);
    if (type === undefined) return [];
    return compact({
      type,
      status: text(raw.status, 16) ?? 'Unknown',
      reason: word(raw.reason, 1024),
      message: word(raw.message, 16_384),
      lastTransitionTime: time(raw.lastTransitionTime),
    });
  });
}
