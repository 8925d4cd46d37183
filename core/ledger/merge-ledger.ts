import type { PodRun } from './pod-run.ts';
import { mergeRollouts } from './merge-rollouts.ts';
import type { WorkloadLedger } from './workload-ledger.ts';

/**
 * The ledger of a workload whose oldest records may be gone by now: rows that were seen before the oldest record left stay as
 * they are, for what is left would tell less of them; everything else is what was built from the records.
 */
export function mergeLedger(stored: WorkloadLedger, built: WorkloadLedger): WorkloadLedger {
  const isKept = ({ seenAt }: { readonly seenAt: string }) => Date.parse(seenAt) < built.from;
  return {
    from: Math.min(stored.from, built.from),
    terminations: keepOld(stored.terminations.filter(isKept), built.terminations, ({ containerID }) => containerID),
    waits: keepOld(stored.waits.filter(isKept), built.waits, ({ evidence, container }) => `${evidence}/${container ?? ''}`),
    rollouts: mergeRollouts(stored.rollouts.filter(isKept), built.rollouts, built.terminations),
    podRuns: mergeRuns(stored.podRuns, built, isKept),
  };
}

function keepOld<Row>(kept: readonly Row[], built: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  if (kept.length === 0) return built;
  const known = new Set(kept.map(keyOf));
  return [...kept, ...built.filter((row) => !known.has(keyOf(row)))];
}

/** A pod that lives on: its end from the records, its beginning from what is stored where that was before the oldest record. */
function mergeRuns(stored: readonly PodRun[], built: WorkloadLedger, isKept: (run: PodRun) => boolean): readonly PodRun[] {
  const older = new Map(stored.filter(({ from }) => Date.parse(from) < built.from).map((run) => [runKey(run), run.from]));
  const known = new Set(built.podRuns.map(runKey));
  const gone = stored.filter((run) => isKept(run) && !known.has(runKey(run)));
  return [...gone, ...built.podRuns.map((run) => ({ ...run, from: earlier(run.from, older.get(runKey(run))) }))];
}

function earlier(time: string, other: string | undefined): string {
  return other !== undefined && Date.parse(other) < Date.parse(time) ? other : time;
}

/** One container of one pod on one image; an image that comes back to the same pod continues its run. */
function runKey({ podUid, container, image }: PodRun): string {
  return JSON.stringify([podUid, container, image.ref, image.digest]);
}
