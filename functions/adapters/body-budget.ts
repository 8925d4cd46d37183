/** Gives what was reserved back; once. */
export type Release = () => void;

/** What a request costs beside its body: its connection, its headers, its answer. */
export const requestBytes = 16_384;

/**
 * Memory for bodies that are being read and taken in, as sent: what is admitted at once decides how large the process can become,
 * whatever is sent to it. No cluster gets more than what it leaves to the others: alone it has half, and where others take as
 * much as they get, all of them have the same.
 *
 * @param maxBytes of all bodies at once; one of a cluster that has none is admitted where it fits, and one alone whatever its size
 * @returns `undefined` when there is no room now
 */
export function createBodyBudget(maxBytes: number): (cluster: string, bytes: number) => Release | undefined {
  const clusters = new Map<string, number>();
  let reserved = 0;

  function hasRoom(held: number, bytes: number): boolean {
    const free = maxBytes - reserved - bytes;
    return reserved === 0 || (free >= 0 && (held === 0 || held + bytes <= free));
  }

  return (cluster, body) => {
    const bytes = Math.max(body, requestBytes);
    const held = clusters.get(cluster) ?? 0;
    if (!hasRoom(held, bytes)) return undefined;
    reserved += bytes;
    clusters.set(cluster, held + bytes);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      reserved -= bytes;
      const left = (clusters.get(cluster) ?? 0) - bytes;
      if (left > 0) clusters.set(cluster, left);
      else clusters.delete(cluster);
    };
  };
}
