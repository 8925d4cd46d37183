/** Where a document is going to be read. */
export const targets = ['file', 'github-issue', 'github-pr', 'gitlab', 'slack'] as const;
export type Target = (typeof targets)[number];

/** UTF-8 bytes of one posted document. Forges take more, but not all of them, and not for every kind of post. */
export const maxPostedBytes = 60_000;

/** A draft in the shape of its target: one part, or several where the target takes no more in one. */
export interface TargetDocument {
  readonly mediaType: 'text/markdown' | 'application/json';
  readonly parts: readonly [string, ...string[]];
}

export function isTarget(text: string): text is Target {
  return targets.some((target) => target === text);
}
