import type { Admission } from '../usecases/admission.ts';

/** Batches of one cluster that are accepted and not indexed: a few megabytes of names, and minutes of work. */
export const maxWaiting = 10_000;
const retryAfterSeconds = 10;

/** Asks a cluster to wait while too much of it waits already: what is acknowledged and not indexed would grow for as long as its storm. */
export function limitBacklog(
  admit: (cluster: string) => Admission,
  waitingOf: (cluster: string) => number,
): (cluster: string) => Admission {
  return (cluster) => (waitingOf(cluster) < maxWaiting ? admit(cluster) : { admitted: false, retryAfterSeconds });
}
