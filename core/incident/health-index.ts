import type { Instant } from '../time/instant.ts';
import { lastIndexAt } from '../time/last-at.ts';
import type { HealthPoint } from './health.ts';

/** Questions to a health line that cost the same however long it is. */
export interface HealthIndex {
  /** In force at `at`. */
  readonly pointAt: (at: Instant) => HealthPoint | undefined;
  /** The first healthy one after `at`. */
  readonly healthyAfter: (at: Instant) => HealthPoint | undefined;
  /** The first at `at` or later that is an end. */
  readonly endFrom: (at: Instant) => HealthPoint | undefined;
  /** The first after `at` that is no end. */
  readonly livingAfter: (at: Instant) => HealthPoint | undefined;
}

/** @param health in time order, one point a time */
export function indexHealth(health: readonly HealthPoint[]): HealthIndex {
  const healthy = nextWhere(health, (point) => point.healthy);
  const ended = nextWhere(health, (point) => point.ended);
  const living = nextWhere(health, (point) => !point.ended);
  const after = (at: Instant) => lastIndexAt(health, at) + 1;
  return {
    pointAt: (at) => health[after(at) - 1],
    healthyAfter: (at) => healthy[after(at)],
    endFrom: (at) => (health[after(at) - 1]?.at === at ? ended[after(at) - 1] : ended[after(at)]),
    livingAfter: (at) => living[after(at)],
  };
}

/** For each position the first point from there on that fits. */
function nextWhere(health: readonly HealthPoint[], fits: (point: HealthPoint) => boolean): readonly (HealthPoint | undefined)[] {
  const next: (HealthPoint | undefined)[] = Array.from({ length: health.length + 1 });
  for (let index = health.length - 1; index >= 0; index -= 1) {
    const point = health[index];
    next[index] = point !== undefined && fits(point) ? point : next[index + 1];
  }
  return next;
}
