import type { Clock } from '#core/ports.ts';

/**
 * The real time. A sleeper keeps the process alive, or a collector whose API server is away would end for want of sockets;
 * an aborted one leaves nothing behind.
 */
export function createSystemClock(): Clock {
  return {
    now: () => new Date(),
    sleep(ms, signal) {
      if (ms <= 0 || signal?.aborted === true) return Promise.resolve();
      return new Promise((resolve) => {
        const finish = (): void => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', finish);
          resolve();
        };
        const timer = setTimeout(finish, ms);
        signal?.addEventListener('abort', finish, { once: true });
      });
    },
  };
}
