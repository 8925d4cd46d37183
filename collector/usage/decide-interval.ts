/** How often metrics-server asks the kubelets by default: to ask it more often gives the same numbers again. */
export const shortestSeconds = 15;
/** An attempt that dies of its start dies in these. */
const youngSeconds = 120;

/**
 * Seconds until a pod is sampled again: the closer one of its containers is to its limit, the sooner; a young one soon, for
 * nothing is known of it yet.
 *
 * @param share the largest share of its limit a container was seen at; 0 before the first sample
 * @param age seconds since the youngest container began
 */
export function intervalOf(share: number, age: number): number {
  if (share >= 0.8 || age < youngSeconds) return shortestSeconds;
  return share >= 0.5 ? 2 * shortestSeconds : 4 * shortestSeconds;
}
