/**
 * Knows whether the observer has noticed that the server ended one of its watches. It has when it asks for the
 * resource again, or goes to sleep on the virtual clock to do so later. Until then the next line must wait.
 */
export interface ObserverReaction {
  ended(resource: string): void;
  asked(resource: string): void;
  slept(): void;
  /** Nobody is expected back any more. */
  giveUp(): void;
  isPending(): boolean;
  /** Resolves once nothing is pending. */
  settled(): Promise<void>;
}

export function createObserverReaction(): ObserverReaction {
  const pending = new Set<string>();
  let waiting: readonly (() => void)[] = [];

  function release(): void {
    if (pending.size > 0) return;
    for (const resolve of waiting) resolve();
    waiting = [];
  }

  function releaseAll(): void {
    pending.clear();
    release();
  }

  return {
    ended: (resource) => void pending.add(resource),
    asked(resource) {
      pending.delete(resource);
      release();
    },
    slept: releaseAll,
    giveUp: releaseAll,
    isPending: () => pending.size > 0,
    settled: () =>
      new Promise((resolve) => {
        waiting = [...waiting, resolve];
        release();
      }),
  };
}
