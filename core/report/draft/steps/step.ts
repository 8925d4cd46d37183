import type { Cell } from '../../block.ts';

/** One step of the fixed workflow: what was found, what is missing and why, and how a person can check it. */
export interface Step {
  readonly title: string;
  readonly found: Cell;
  readonly missing: Cell;
  /** A command with real names. */
  readonly command: string;
  /** What keeps the command from showing the same as the records. */
  readonly caveat?: string;
}
