import type { ImageSelector } from '#core/audit/audit-query.ts';
import type { ImageRun } from '#core/ledger/image-run.ts';
import type { LedgerScope, LedgerStore, RolloutQuery, TerminationQuery } from '#core/ledger/ledger-store.ts';
import type { RolloutRecord } from '#core/ledger/rollout-record.ts';
import type { Termination } from '#core/ledger/termination.ts';
import { formatInstant } from '#core/time/instant.ts';
import { dataTime } from './data-time.ts';
import { decodePosition, encodeCursor } from './ledger-cursor.ts';
import { narrowScope } from './narrow-scope.ts';
import type { ReadScope } from './read-scope.ts';

/** The JSON of `mortem get terminations` and `mortem get rollouts`. */
export interface LedgerList<Kind extends string, Row> {
  readonly apiVersion: 'mortem.dev/v1';
  readonly kind: Kind;
  readonly items: readonly Row[];
  /** Cursor of the next page. */
  readonly next?: string;
}

export type TerminationList = LedgerList<'TerminationList', Termination>;
export type RolloutList = LedgerList<'RolloutList', RolloutRecord>;

/** The JSON of `mortem get images`. */
export interface ImageList {
  readonly apiVersion: 'mortem.dev/v1';
  readonly kind: 'ImageList';
  readonly at: string;
  readonly items: readonly ImageRun[];
}

/** Where a list is asked to begin. `last` stands for a `since` so many milliseconds before the latest data time. */
export interface ListWish {
  readonly last?: number;
  readonly cursor?: string;
}

export async function listTerminations(
  { ledger }: { readonly ledger: Pick<LedgerStore, 'terminations' | 'watermarks'> },
  scope: ReadScope,
  query: Omit<TerminationQuery, 'after'> & ListWish,
): Promise<TerminationList> {
  const asked = await completed(ledger, scope, query);
  const found = asked === undefined ? [] : await ledger.terminations(asked);
  return list('TerminationList', found, query.limit, ({ finishedAt, evidence }) => ({
    at: Date.parse(finishedAt),
    evidence,
    container: '',
  }));
}

export async function listRollouts(
  { ledger }: { readonly ledger: Pick<LedgerStore, 'rollouts' | 'watermarks'> },
  scope: ReadScope,
  query: Omit<RolloutQuery, 'after'> & ListWish,
): Promise<RolloutList> {
  const asked = await completed(ledger, scope, query);
  const found = asked === undefined ? [] : await ledger.rollouts(asked);
  return list('RolloutList', found, query.limit, ({ at, evidence, container }) => ({ at: Date.parse(at), evidence, container }));
}

/** @param at the latest data time where it is not given */
export async function listImages(
  { ledger }: { readonly ledger: Pick<LedgerStore, 'imageRuns' | 'watermarks'> },
  scope: ReadScope,
  query: LedgerScope & { readonly at?: number; readonly image?: ImageSelector },
): Promise<ImageList> {
  const narrowed = narrowScope(scope, query);
  const at = query.at ?? (await dataTime(ledger, narrowed?.cluster)).through;
  const items = narrowed === undefined ? [] : await ledger.imageRuns({ ...narrowed, at });
  return { apiVersion: 'mortem.dev/v1', kind: 'ImageList', at: formatInstant(at), items };
}

/** One row more than a page tells whether there is a next one. */
async function completed<Query extends { readonly cluster?: string; readonly since?: number; readonly limit: number } & ListWish>(
  ledger: Pick<LedgerStore, 'watermarks'>,
  scope: ReadScope,
  query: Query,
) {
  const narrowed = narrowScope(scope, query);
  if (narrowed === undefined) return undefined;
  const { last, cursor, ...asked } = narrowed;
  const since = last === undefined ? undefined : (await dataTime(ledger, narrowed.cluster)).through - last;
  return {
    ...asked,
    limit: query.limit + 1,
    ...(since === undefined ? {} : { since }),
    ...(cursor === undefined ? {} : { after: decodePosition(cursor) }),
  };
}

function list<Kind extends string, Row>(
  kind: Kind,
  found: readonly Row[],
  limit: number,
  positionOf: (row: Row) => object,
): LedgerList<Kind, Row> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return {
    apiVersion: 'mortem.dev/v1',
    kind,
    items,
    ...(found.length > limit && last !== undefined ? { next: encodeCursor(positionOf(last)) } : {}),
  };
}
