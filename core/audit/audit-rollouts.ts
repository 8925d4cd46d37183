import type { RolloutRecord } from '../ledger/rollout-record.ts';
import { second, wholeSecond, type Instant } from '../time/instant.ts';
import { describeRollout } from './describe-rollout.ts';
import { judgeReplacement } from './judge-replacement.ts';
import type { AuditedRollout } from './rollback-audit.ts';

/**
 * Every rollout of one container of one workload, with what became of it.
 *
 * @param rows all of that container, oldest first
 * @param isMatch whether a rollout is what was asked for
 * @param through latest data time of the cluster
 */
export function auditRollouts(
  rows: readonly RolloutRecord[],
  isMatch: (row: RolloutRecord) => boolean,
  through: Instant,
): readonly AuditedRollout[] {
  return rows.map((row, index) => audit(row, rows.slice(index + 1), { matched: isMatch(row), through }));
}

function audit(
  row: RolloutRecord,
  after: readonly RolloutRecord[],
  { matched, through }: { readonly matched: boolean; readonly through: Instant },
): AuditedRollout {
  const [next] = after;
  const at = Date.parse(row.at);
  const first = row.failures.map(({ firstAt }) => Date.parse(firstAt)).toSorted((a, b) => a - b)[0];
  const replacedBy = judgeReplacement(row, after, through);
  const seconds = (to: Instant) => Math.max(0, (wholeSecond(to) - wholeSecond(at)) / second);
  const audited: Omit<AuditedRollout, 'summary'> = {
    ...row,
    matched,
    livedSeconds: seconds(next === undefined ? through : Date.parse(next.at)),
    current: next === undefined,
    incidents: [...new Set(row.failures.flatMap(({ incident }) => incident ?? []))],
    ...(first === undefined ? {} : { firstFailureAfterSeconds: seconds(first) }),
    ...(replacedBy === undefined ? {} : { replacedBy }),
  };
  return { ...audited, summary: describeRollout(audited) };
}

/** What was asked for, what came before it and what replaced it; everything when everything matches. */
export function withNeighbours(rollouts: readonly AuditedRollout[]): readonly AuditedRollout[] {
  return rollouts.filter(({ matched }, index) => matched || rollouts[index - 1]?.matched === true || rollouts[index + 1]?.matched === true);
}

/** And every other rollout on which the same incidents failed: a rollback ends a story that may have begun some releases before. */
export function withIncidents(rollouts: readonly AuditedRollout[]): readonly AuditedRollout[] {
  const shown = new Set(withNeighbours(rollouts));
  const told = new Set([...shown].flatMap(({ incidents }) => incidents));
  return rollouts.filter((rollout) => shown.has(rollout) || rollout.incidents.some((id) => told.has(id)));
}
