/** Gives what was reserved back; once. */
export type Release = () => void;

/**
 * Memory for bodies that are being read and taken in. A body grows fivefold when it is inflated and several times more when
 * it is parsed: what is admitted at once decides how large the process can become, whatever is sent to it.
 *
 * @param maxBytes of all bodies at once, as sent; one alone is admitted whatever its size
 * @returns `undefined` when there is no room now
 */
export function createBodyBudget(maxBytes: number): (bytes: number) => Release | undefined {
  let reserved = 0;
  return (bytes) => {
    if (reserved > 0 && reserved + bytes > maxBytes) return undefined;
    reserved += bytes;
    let held = bytes;
    return () => {
      reserved -= held;
      held = 0;
    };
  };
}
