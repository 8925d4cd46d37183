/** Lets so many through a second, and a burst at once after a quiet time. */
export interface TokenBucket {
  /** Milliseconds until one may go; 0 takes a token. */
  take(now: Date): number;
}

export function createTokenBucket({ perSecond, burst }: { readonly perSecond: number; readonly burst: number }): TokenBucket {
  let tokens = burst;
  let at: number | undefined;
  return {
    take(now) {
      const ms = now.getTime();
      tokens = Math.min(burst, tokens + (Math.max(0, ms - (at ?? ms)) / 1000) * perSecond);
      at = ms;
      if (tokens < 1) return Math.ceil(((1 - tokens) / perSecond) * 1000);
      tokens -= 1;
      return 0;
    },
  };
}
