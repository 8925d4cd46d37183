/** Observations a full spool gave up: how many of each kind, and between which times they were observed. */
export interface Dropped {
  readonly from: string;
  readonly to: string;
  readonly counts: Readonly<Record<string, number>>;
}

/** Adds up what was given up until somebody tells it. */
export interface DropLedger {
  add(observation: { readonly kind: string; readonly observedAt: string }): void;
  /** Since the start, told or not. */
  total(): number;
  /** Not yet told. */
  pending(): Dropped | undefined;
  take(): Dropped | undefined;
}

/** `before` is what an earlier process gave up and had not told when it ended. */
export function createDropLedger(before?: Dropped): DropLedger {
  let pending = before;
  let total = 0;
  return {
    add({ kind, observedAt }) {
      total += 1;
      const { from = observedAt, to = observedAt, counts = {} } = pending ?? {};
      pending = {
        from: from < observedAt ? from : observedAt,
        to: to > observedAt ? to : observedAt,
        counts: { ...counts, [kind]: (counts[kind] ?? 0) + 1 },
      };
    },
    total: () => total,
    pending: () => pending,
    take() {
      const taken = pending;
      pending = undefined;
      return taken;
    },
  };
}
