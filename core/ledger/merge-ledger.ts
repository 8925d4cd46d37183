import type { PodRun } from './pod-run.ts';
import { mergeRollouts } from './merge-rollouts.ts';
import type { WorkloadLedger } from './workload-ledger.ts';

/**
 * The ledger of a workload whose oldest records may be gone by now: rows that were seen before the oldest record left stay as
 * they are, for what is left would tell less of them; everything else is what was built from the records.
 */
export function mergeLedger(stored: WorkloadLedger, built: WorkloadLedger): WorkloadLedger {
  const isKept = ({ seenAt }: { readonly seenAt: string }) => Date.parse(seenAt) < built.from;
  const keptRuns = stored.podRuns.filter(isKept);
  return {
    from: Math.min(stored.from, built.from),
    terminations: keepOld(stored.terminations.filter(isKept), built.terminations, ({ containerID }) => containerID),
    waits: keepOld(stored.waits.filter(isKept), built.waits, ({ evidence, container }) => `${evidence}/${container ?? ''}`),
    rollouts: mergeRollouts(stored.rollouts.filter(isKept), built.rollouts),
    podRuns: mergeRuns(keptRuns, built.podRuns),
  };
}

function keepOld<Row>(kept: readonly Row[], built: readonly Row[], keyOf: (row: Row) => string): readonly Row[] {
  if (kept.length === 0) return built;
  const known = new Set(kept.map(keyOf));
  return [...kept, ...built.filter((row) => !known.has(keyOf(row)))];
}

/** A pod that lives on: its beginning from what is stored, its end from the records. */
function mergeRuns(kept: readonly PodRun[], built: readonly PodRun[]): readonly PodRun[] {
  if (kept.length === 0) return built;
  const rows = new Map(kept.map((run) => [runKey(run), run]));
  for (const run of built) {
    const known = rows.get(runKey(run));
    rows.set(
      runKey(run),
      known === undefined ? run : { ...run, from: Date.parse(known.from) < Date.parse(run.from) ? known.from : run.from },
    );
  }
  return [...rows.values()];
}

/** One container of one pod on one image; an image that comes back to the same pod continues its run. */
function runKey({ podUid, container, image }: PodRun): string {
  return JSON.stringify([podUid, container, image.ref, image.digest]);
}
