import { firstLists } from './first-lists.ts';
import type { Recording, WatchEntry } from './recording.ts';
import { compareVersions } from './resource-version.ts';
import { watchCuts, type WatchCut } from './watch-cuts.ts';

export type ReplayStep =
  | { readonly kind: 'line'; readonly at: number; readonly entry: WatchEntry }
  | { readonly kind: 'cut'; readonly at: number; readonly cut: WatchCut };

/** What is played, in order. Recordings are merged by time as it was, none is shifted. */
export interface ReplayScript {
  /** Objects that existed when the recording began: there before the first list, and on no watch. */
  readonly existing: readonly WatchEntry[];
  readonly steps: readonly ReplayStep[];
  readonly startAt: Date;
  readonly endAt: Date;
}

export function replayScript(recordings: readonly Recording[]): ReplayScript {
  const parts = recordings.map(partsOf);
  const steps = parts.flatMap((part) => part.steps).toSorted((a, b) => a.at - b.at);
  const times = (pick: (recording: Recording) => Date) => recordings.map((recording) => pick(recording).getTime());
  return {
    existing: parts.flatMap((part) => part.existing),
    steps,
    startAt: new Date(Math.min(...times((recording) => recording.startAt))),
    endAt: new Date(Math.max(...times((recording) => recording.endAt))),
  };
}

/** The rest of a script; what was played before exists. */
export function scriptFrom(script: ReplayScript, at: Date): ReplayScript {
  const isPast = (step: ReplayStep): boolean => step.at <= at.getTime();
  const past = script.steps.filter(isPast).flatMap((step) => (step.kind === 'line' ? [step.entry] : []));
  return {
    existing: [...script.existing, ...past],
    steps: script.steps.filter((step) => !isPast(step)),
    startAt: new Date(Math.max(at.getTime(), script.startAt.getTime())),
    endAt: script.endAt,
  };
}

function partsOf(recording: Recording): { readonly existing: readonly WatchEntry[]; readonly steps: readonly ReplayStep[] } {
  const lists = new Map(firstLists(recording).map((list) => [list.resource, list]));
  // A recorder writes the items of its list as ADDED; their versions tell them from what came later.
  const wasListed = ({ resource, type, object }: WatchEntry) => {
    const list = lists.get(resource);
    return list !== undefined && list.items > 0 && type === 'ADDED' && compareVersions(object.metadata.resourceVersion, list.version) <= 0;
  };
  return {
    existing: recording.entries.filter(wasListed),
    steps: [
      ...recording.entries.filter((entry) => !wasListed(entry)).map((entry) => ({ kind: 'line' as const, at: entry.at, entry })),
      ...watchCuts(recording.meta, recording.errors).map((cut) => ({ kind: 'cut' as const, at: cut.at, cut })),
    ],
  };
}
