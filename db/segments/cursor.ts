import { eq } from 'drizzle-orm';
import type { Connection } from '../database.ts';

/** @returns the hour that was reached, -1 before any */
export async function readCursor({ db, tables: { cursors } }: Connection, name: string): Promise<number> {
  const [row] = await db.select({ hour: cursors.hour }).from(cursors).where(eq(cursors.name, name));
  return row?.hour ?? -1;
}

export async function moveCursor({ db, tables: { cursors } }: Connection, name: string, hour: number): Promise<void> {
  await db.insert(cursors).values({ name, hour }).onConflictDoUpdate({ target: cursors.name, set: { hour } });
}
