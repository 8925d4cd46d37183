import { z } from 'zod';
import { MortemError } from '#core/errors.ts';
import type { LedgerPosition } from '#core/ledger/ledger-store.ts';
import type { IncidentPosition } from '#core/store-model.ts';

const position = z.object({ at: z.number(), evidence: z.string(), container: z.string() });
const incidentPosition = z.object({ onsetAt: z.number(), id: z.string() });
const rank = z.object({ rank: z.int().min(0) });
const workload = z.object({ cluster: z.string(), namespace: z.string(), kind: z.string(), name: z.string() });

/** Cursors are opaque to callers: base64url of where the page ended. */
export function encodeCursor(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

export function decodePosition(cursor: string): LedgerPosition {
  return decode(cursor, position);
}

export function decodeIncidentPosition(cursor: string): IncidentPosition {
  return decode(cursor, incidentPosition);
}

export function decodeRank(cursor: string): number {
  return decode(cursor, rank).rank;
}

export function decodeWorkload(cursor: string): z.infer<typeof workload> {
  return decode(cursor, workload);
}

/** @throws {MortemError} `usage` for what no answer of this server has given */
function decode<T>(cursor: string, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString('utf8')));
  if (parsed.success) return parsed.data;
  throw new MortemError('usage', 'The cursor is not one that this list gave. Ask for the first page again, without a cursor.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
