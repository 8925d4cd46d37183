import { and, eq, sql } from 'drizzle-orm';
import type { Connection } from '../database.ts';
import { prepared } from '../prepared.ts';
import type { TrendChange } from './mark-trends.ts';
import type { RowSet } from './replace-rows.ts';
import type { TerminationRow, WaitRow } from './rows.ts';

const [cluster, evidence, at] = [sql.placeholder('cluster'), sql.placeholder('evidence'), sql.placeholder('at')];

const statements = prepared(({ db, tables: { terminations, waits } }) => {
  const place = (t: typeof terminations | typeof waits) => ({
    cluster: t.cluster,
    namespace: t.namespace,
    workloadKind: t.workloadKind,
    workloadName: t.workloadName,
  });
  return {
    terminations: db
      .select({ ...place(terminations), at: terminations.finishedAt })
      .from(terminations)
      .where(and(eq(terminations.finishedAt, at), eq(terminations.evidence, evidence), eq(terminations.cluster, cluster)))
      .prepare('ledger_former_termination'),
    waits: db
      .select({ ...place(waits), at: waits.fromAt })
      .from(waits)
      .where(and(eq(waits.fromAt, at), eq(waits.evidence, evidence), eq(waits.cluster, cluster)))
      .prepare('ledger_former_wait'),
  };
});

/** Where rows stand now that are new to a workload: under another one while the owner of their pod was not known. */
export async function readFormerPlaces(
  tx: Connection,
  { terminations, waits }: { readonly terminations: RowSet<TerminationRow>; readonly waits: RowSet<WaitRow> },
): Promise<readonly TrendChange[]> {
  const read = statements(tx);
  const found = await Promise.all([
    ...freshOf(terminations).map((row) => read.terminations.execute({ ...row, at: row.finishedAt })),
    ...freshOf(waits).map((row) => read.waits.execute({ ...row, at: row.fromAt })),
  ]);
  return found.flat();
}

function freshOf<T extends TerminationRow | WaitRow>({ stored, wanted }: RowSet<T>): readonly T[] {
  const known = new Set(stored.map((row) => row.evidence));
  return wanted.filter((row) => !known.has(row.evidence));
}
