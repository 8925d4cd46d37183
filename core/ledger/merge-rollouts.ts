import { decideRolloutKind, type RevisionImages } from '../rollouts/decide-rollout-kind.ts';
import type { Failure, RolloutRecord } from './rollout-record.ts';
import type { Termination } from './termination.ts';

/**
 * Rollouts whose records are gone, then those that records still tell of. One that both know stays as it is stored, with what
 * failed on it since; kinds of the newer ones are decided again, now that what ran before is known.
 *
 * @param deaths that records still tell of
 */
export function mergeRollouts(
  kept: readonly RolloutRecord[],
  built: readonly RolloutRecord[],
  deaths: readonly Termination[],
): readonly RolloutRecord[] {
  if (kept.length === 0) return built;
  const known = new Map(kept.map((row) => [revisionKey(row), row]));
  const again = new Map(built.filter((row) => known.has(revisionKey(row))).map((row) => [revisionKey(row), row]));
  const old = kept.map((row) => withFailuresSince(row, again.get(revisionKey(row)), deaths));
  const fresh = Object.values(
    Object.groupBy(
      built.filter((row) => !known.has(revisionKey(row))),
      ({ evidence }) => evidence,
    ),
  );
  const merged = [...old];
  for (const rows of fresh) merged.push(...decideAgain(rows ?? [], merged));
  return merged;
}

function revisionKey({ revision, revisionHash, container, evidence }: RolloutRecord): string {
  return JSON.stringify(revision === undefined && revisionHash === undefined ? [evidence, container] : [revision, revisionHash, container]);
}

/** The rows of one rollout, seen after the earlier ones. */
function decideAgain(rows: readonly RolloutRecord[], earlier: readonly RolloutRecord[]): readonly RolloutRecord[] {
  const revisions = Object.values(Object.groupBy(earlier, ({ evidence }) => evidence)).flatMap((same) =>
    same === undefined ? [] : [toRevision(same)],
  );
  const { kind, of } = decideRolloutKind(toRevision(rows), revisions);
  return rows.map((built) => {
    const before = built.from === undefined ? earlier.findLast(({ container }) => container === built.container) : undefined;
    const from = built.from ?? before?.to;
    const memoryLimitFrom = built.memoryLimitFrom ?? before?.memoryLimit;
    const isFirst = built.mechanism.kind === 'first-seen' && earlier.length > 0;
    return {
      ...built,
      kind,
      mechanism: isFirst ? { ...built.mechanism, kind: 'new-template' as const } : built.mechanism,
      ...(of === undefined ? {} : { of }),
      ...(from === undefined ? {} : { from }),
      ...(memoryLimitFrom === undefined ? {} : { memoryLimitFrom }),
    };
  });
}

function toRevision(rows: readonly RolloutRecord[]): RevisionImages {
  const [first] = rows;
  return {
    images: rows.map(({ container, to }) => ({ container, ...to })),
    ...(first?.revision === undefined ? {} : { revision: first.revision }),
    ...(first?.revisionHash === undefined ? {} : { revisionHash: first.revisionHash }),
  };
}

function withFailuresSince(row: RolloutRecord, again: RolloutRecord | undefined, deaths: readonly Termination[]): RolloutRecord {
  if (again === undefined) return row;
  const own = deaths.filter(
    (death) => death.revision === row.revision && death.revisionHash === row.revisionHash && death.container === row.container,
  );
  const failures = new Map(row.failures.map((failure) => [failureKey(failure), failure]));
  for (const failure of again.failures) failures.set(failureKey(failure), joinFailures(failures.get(failureKey(failure)), failure, own));
  return { ...row, started: row.started || again.started, failures: [...failures.values()] };
}

/** What was counted once stays counted: only deaths after the last of them are new, whatever is left of the records. */
function joinFailures(known: Failure | undefined, since: Failure, deaths: readonly Termination[]): Failure {
  if (known === undefined) return since;
  const fresh = deaths.filter(({ symptom, finishedAt }) => symptom === since.symptom && Date.parse(finishedAt) > Date.parse(known.lastAt));
  const newest = Date.parse(since.lastAt) >= Date.parse(known.lastAt) ? since : known;
  const { endedAt: _, ...lasting } = known;
  const end = newest.endedAt === undefined ? {} : { endedAt: newest.endedAt };
  return { ...lasting, ...end, deaths: known.deaths + fresh.length, lastAt: newest.lastAt };
}

function failureKey({ symptom, container }: Failure): string {
  return JSON.stringify([symptom, container]);
}
