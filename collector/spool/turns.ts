/** Lets work run one after the other, in the order in which it came. */
export interface Turns {
  take<T>(work: () => Promise<T>): Promise<T>;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(work) {
      const turn = last.then(work, work);
      last = turn.then(
        () => undefined,
        () => undefined,
      );
      return turn;
    },
  };
}
