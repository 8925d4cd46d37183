import type { SourcePhase } from './resource-source.ts';
import type { SourceVersion } from './source-version.ts';

/** How far one source has come. */
export interface Progress {
  phase: SourcePhase;
  /** Where the next watch begins; undefined makes the next step a list. */
  from?: string | undefined;
  handled?: string;
  /** Everything before it was seen. A line that was handled shows that only of a watch that is live. */
  upToDateAt?: Date;
  /** What was missed before the watch was opened has been read. */
  isLive: boolean;
  lists: number;
  pageSize: number;
  /** Watches one after the other that the server answered with a fault. */
  faults: number;
  /** Something was not handled: until the next whole list, an earlier version is where a later process begins. */
  isIncomplete: boolean;
  fault?: string | undefined;
  refusalTold?: string | undefined;
}

export function startProgress(pageSize: number): Progress {
  return { phase: 'starting', isLive: false, lists: 0, pageSize, faults: 0, isIncomplete: false };
}

export function setLive(progress: Progress, version: SourceVersion | undefined, isLive: boolean): void {
  progress.isLive = isLive;
  if (isLive) version?.seenUpTo('now');
  else if (progress.upToDateAt !== undefined) version?.seenUpTo(progress.upToDateAt);
}
