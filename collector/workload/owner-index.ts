import type { Clock } from '#core/ports.ts';
import type { OwnerRef } from '#core/wire/workload-ref.ts';

/** What must be known of an owner to climb past it. */
export interface KnownOwner {
  readonly kind: string;
  readonly name: string;
  /** Its own controller; undefined when it is the top. */
  readonly owner?: OwnerRef;
}

/** uid → owner, for ReplicaSets and Jobs. Holds names only, forgets the deleted, and never grows past its limit. */
export interface OwnerIndex {
  learn(uid: string, owner: KnownOwner): void;
  find(uid: string): KnownOwner | undefined;
  /** The object is deleted; its pods may be seen a little longer. */
  forgetSoon(uid: string): void;
  size(): number;
}

const forgetAfterMs = 600_000;

export function createOwnerIndex(clock: Clock, limit = 100_000): OwnerIndex {
  const owners = new Map<string, KnownOwner>();
  const deletedAt = new Map<string, number>();

  function sweep(): void {
    const due = clock.now().getTime() - forgetAfterMs;
    // Insertion order is the order of deletion, so the first one that is not due ends the sweep.
    for (const [uid, at] of deletedAt) {
      if (at > due) break;
      drop(uid);
    }
    for (const uid of owners.keys()) {
      if (owners.size <= limit) break;
      drop(uid);
    }
  }

  function drop(uid: string): void {
    owners.delete(uid);
    deletedAt.delete(uid);
  }

  return {
    learn(uid, owner) {
      owners.set(uid, owner);
      sweep();
    },
    find: (uid) => owners.get(uid),
    forgetSoon(uid) {
      if (owners.has(uid)) deletedAt.set(uid, clock.now().getTime());
      sweep();
    },
    size: () => owners.size,
  };
}
