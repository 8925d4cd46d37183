/** A signal that aborts with the first of several, until it is released. */
export interface LinkedSignals {
  readonly signal: AbortSignal;
  /** From now on it keeps nothing and follows nothing. */
  release(): void;
}

/**
 * As `AbortSignal.any`, but for signals of which one lives as long as the process: what `any` gives stays in memory as long as
 * its longest source once somebody has listened to it, a kilobyte for each request.
 */
export function linkSignals(...sources: readonly AbortSignal[]): LinkedSignals {
  const linked = new AbortController();
  const abort = (): void => {
    release();
    linked.abort();
  };
  function release(): void {
    for (const source of sources) source.removeEventListener('abort', abort);
  }
  if (sources.some(({ aborted }) => aborted)) linked.abort();
  else for (const source of sources) source.addEventListener('abort', abort, { once: true });
  return { signal: linked.signal, release };
}
