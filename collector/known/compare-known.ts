import type { ContainerStatus } from '#core/wire/container.ts';
import { findDeaths } from '../detect/find-deaths.ts';
import type { KnownContainer } from './known-line.ts';

/** Ends of one container in a time when nobody watched. */
export interface MissedEnds {
  /** Still shown by the status, thus shipped now. */
  readonly backfilled: number;
  /** Proved by restartCount alone. */
  readonly unseen: number;
}

/** Compares how far a container had come when it was last seen with its status after the gap. */
export function compareKnown(known: KnownContainer | undefined, container: ContainerStatus): MissedEnds {
  if (known === undefined) return { backfilled: 0, unseen: 0 };
  const firstMissed = known.hasEnded ? known.restartCount + 1 : known.restartCount;
  const attempts = new Set(findDeaths(container).map(({ attempt }) => attempt));
  const lastEnded = Math.max((container.restartCount ?? 0) - 1, ...attempts);
  const backfilled = [...attempts].filter((attempt) => attempt >= firstMissed).length;
  return { backfilled, unseen: Math.max(0, lastEnded - firstMissed + 1 - backfilled) };
}
