import { and, asc, desc, eq, gte, isNotNull, lt, lte, or, type SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { LedgerPosition, RolloutQuery, TerminationQuery } from '#core/ledger/ledger-store.ts';
import type { RolloutRecord } from '#core/ledger/rollout-record.ts';
import type { Termination } from '#core/ledger/termination.ts';
import type { WorkloadKey } from '#core/store-model.ts';
import type { Connection } from '../database.ts';
import type { Tables } from '../schema.ts';
import { answersTo, isInScope, isOf } from './conditions.ts';
import { rolloutOf, terminationOf } from './rows.ts';

/** Newest first. */
export async function readTerminations(
  { db, tables: { terminations } }: Connection,
  query: TerminationQuery,
): Promise<readonly Termination[]> {
  const { image, pod, node, of, since, until, after, limit } = query;
  const rows = await db
    .select()
    .from(terminations)
    .where(
      and(
        isInScope(terminations, query),
        image === undefined ? undefined : answersTo(terminations, image),
        pod === undefined ? undefined : eq(terminations.pod, pod),
        node === undefined ? undefined : eq(terminations.node, node),
        of === undefined ? undefined : countsAs(terminations, of),
        since === undefined ? undefined : gte(terminations.finishedAt, since),
        until === undefined ? undefined : lt(terminations.finishedAt, until),
        after === undefined ? undefined : isBehind(after, terminations.finishedAt, terminations.evidence),
      ),
    )
    .orderBy(desc(terminations.finishedAt), desc(terminations.evidence))
    .limit(limit);
  return rows.map(terminationOf);
}

/** Deaths that the trend of that name counts. */
export function countsAs(terminations: Tables['terminations'], of: 'oomkilled' | 'memory' | 'restarts'): SQL | undefined {
  const unexpected = eq(terminations.expected, false);
  if (of === 'restarts') return unexpected;
  return and(unexpected, of === 'memory' ? isNotNull(terminations.memoryDeath) : eq(terminations.reason, 'OOMKilled'));
}

/** Newest first. */
export async function readRollouts({ db, tables: { rollouts } }: Connection, query: RolloutQuery): Promise<readonly RolloutRecord[]> {
  const { image, kind, since, until, after, limit } = query;
  const rows = await db
    .select({ body: rollouts.body })
    .from(rollouts)
    .where(
      and(
        isInScope(rollouts, query),
        image === undefined ? undefined : answersTo(rollouts, image),
        kind === undefined ? undefined : eq(rollouts.kind, kind),
        since === undefined ? undefined : gte(rollouts.at, since),
        until === undefined ? undefined : lt(rollouts.at, until),
        after === undefined ? undefined : isBehind(after, rollouts.at, rollouts.evidence, rollouts.container),
      ),
    )
    .orderBy(desc(rollouts.at), desc(rollouts.evidence), desc(rollouts.container))
    .limit(limit);
  return rows.map(rolloutOf);
}

/** Oldest first. */
export async function readRolloutsOf(
  { db, tables: { rollouts } }: Connection,
  workloads: readonly WorkloadKey[],
): Promise<readonly RolloutRecord[]> {
  if (workloads.length === 0) return [];
  const rows = await db
    .select({ body: rollouts.body })
    .from(rollouts)
    .where(or(...workloads.map((key) => isOf(rollouts, key))))
    .orderBy(asc(rollouts.at), asc(rollouts.evidence), asc(rollouts.container));
  return rows.map(rolloutOf);
}

/** Behind a row in an order that descends. */
function isBehind(
  { at, evidence, container }: LedgerPosition,
  ...[time, id, name]: readonly [PgColumn, PgColumn, PgColumn?]
): SQL | undefined {
  const isBehindInTime = or(
    lt(time, at),
    and(eq(time, at), lt(id, evidence)),
    name === undefined ? undefined : and(eq(time, at), eq(id, evidence), lt(name, container)),
  );
  // Implied by it, and a range that an index can begin at, however deep the page.
  return and(lte(time, at), isBehindInTime);
}
