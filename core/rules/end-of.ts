import type { Instant } from '../time/instant.ts';
import type { Sign } from './rule.ts';

/**
 * When a condition that several signs show was over by itself; undefined while it lasts. A pod that is taken away, as every rollout
 * does, is no end of what it waited for. A death has no end either.
 */
export function endOf(signs: readonly Pick<Sign, 'until' | 'overBy'>[]): Instant | undefined {
  const end = Math.max(...signs.map(({ until }) => until ?? Infinity));
  const last = signs.filter(({ until }) => until === end);
  return last.length > 0 && last.every(({ overBy }) => overBy === 'progress') ? end : undefined;
}
