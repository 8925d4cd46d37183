import type { Activity } from '../activity.ts';

export interface Handling {
  /** Pieces with the same key take turns; undefined: with nothing else. */
  readonly key?: string | undefined;
  /** Never throws. */
  readonly work: () => Promise<void>;
  /** Called when this piece and all that were started before it are done. */
  readonly done: () => void;
}

/**
 * Objects of one source that are being handled at the same time, so that their lines reach the disk with one sync. Each object's
 * changes stay in order, and the end of a piece is told only when everything before it has ended too.
 */
export interface HandlingWindow {
  /** Resolves when there is room for another piece. */
  start(handling: Handling): Promise<void>;
  /** Whether something with this key was started and is not done. */
  isBusy(key: string): boolean;
  /** Resolves when everything that was started is done. */
  settled(): Promise<void>;
}

export function createHandlingWindow(size: number, activity: Activity): HandlingWindow {
  const turns = new Map<string, Promise<void>>();
  const flight = { size: 0 };
  let all = Promise.resolve();
  let room = Promise.withResolvers<void>();

  /** Not async, as every function that waits is held for as long as the disk takes. */
  function inTurn({ key, work }: Handling): Promise<void> {
    if (key === undefined) return work();
    const before = turns.get(key);
    const turn = before === undefined ? work() : before.then(work);
    turns.set(key, turn);
    return turn;
  }

  async function handle(handling: Handling, before: Promise<void>): Promise<void> {
    const { key, done } = handling;
    const turn = inTurn(handling);
    await turn;
    if (key !== undefined && turns.get(key) === turn) turns.delete(key);
    await before;
    done();
    flight.size -= 1;
    room.resolve();
    room = Promise.withResolvers<void>();
  }

  return {
    async start(handling) {
      flight.size += 1;
      const before = all;
      all = activity.run(() => handle(handling, before));
      while (flight.size >= size) await room.promise;
    },
    isBusy: (key) => turns.has(key),
    settled: () => all,
  };
}
