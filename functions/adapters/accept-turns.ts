import type { Release } from './body-budget.ts';
import { createClusterTurns } from './cluster-turns.ts';

interface Waiting {
  readonly bytes: number;
  readonly enter: (release: Release) => void;
}

export interface AcceptLimits {
  /** Inflated, of all bodies that are taken in at once; one alone is let in whatever its size. */
  readonly maxInflatedBytes: number;
  /** Also of small ones: a body that is let in shares the process with those that are in already. */
  readonly maxBodies: number;
}

/**
 * Lets bodies that were read be inflated and parsed, some at a time, each cluster in its turn: a few kilobytes can be twenty
 * megabytes, and a small batch does not wait for all that a storm has sent.
 *
 * @returns a promise that resolves when it is the body's turn
 */
export function createAcceptTurns({ maxInflatedBytes, maxBodies }: AcceptLimits): (cluster: string, bytes: number) => Promise<Release> {
  const waiting = createClusterTurns<Waiting>();
  let next: Waiting | undefined;
  let [number, inside, held] = [0, 0, 0];

  function letIn(): void {
    for (;;) {
      next ??= waiting.take(1)[0]?.[1];
      // A large one keeps its turn until there is room, or small ones would pass it for ever.
      if (next === undefined || !hasRoom(next.bytes)) return;
      const { bytes, enter } = next;
      next = undefined;
      inside += 1;
      held += bytes;
      enter(releaseOf(bytes));
    }
  }

  function hasRoom(bytes: number): boolean {
    return inside === 0 || (inside < maxBodies && held + bytes <= maxInflatedBytes);
  }

  function releaseOf(bytes: number): Release {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      inside -= 1;
      held -= bytes;
      letIn();
    };
  }

  return (cluster, bytes) =>
    new Promise((enter) => {
      number += 1;
      waiting.add(`${cluster}/${number}`, { bytes, enter });
      letIn();
    });
}
