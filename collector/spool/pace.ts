/** Lets work begin at once after a pause, and else no sooner than so many milliseconds after the work before it began. */
export interface Pace {
  /** The caller waits with the next piece until this one has begun. */
  begin(work: () => void): void;
}

export function createPace(everyMs: number): Pace {
  let last = Number.NEGATIVE_INFINITY;

  function beginNow(work: () => void): void {
    last = performance.now();
    work();
  }

  return {
    begin(work) {
      const waitMs = last + everyMs - performance.now();
      if (waitMs <= 0) beginNow(work);
      else setTimeout(beginNow, waitMs, work);
    },
  };
}
