import { and, eq, inArray } from 'drizzle-orm';
import type { WorkloadKey } from '#core/store-model.ts';
import type { Connection } from './database.ts';
import { isObjectOf } from './workload-key.ts';

const uidsAtOnce = 500;

/**
 * Notes which objects of a workload the next build need not read.
 *
 * @param anew those of an earlier fold are read again, unless they are named
 */
export async function foldObjects(
  { db, tables: { objects } }: Connection,
  { cluster, namespace, kind, name }: WorkloadKey,
  { uids, anew }: { readonly uids: readonly string[]; readonly anew: boolean },
): Promise<void> {
  const own = isObjectOf(objects, { cluster, namespace, kind, name });
  if (anew)
    await db
      .update(objects)
      .set({ folded: false })
      .where(and(own, eq(objects.folded, true)));
  for (let at = 0; at < uids.length; at += uidsAtOnce) {
    await db
      .update(objects)
      .set({ folded: true })
      .where(and(eq(objects.cluster, cluster), inArray(objects.uid, uids.slice(at, at + uidsAtOnce))));
  }
}
