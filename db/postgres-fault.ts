import { DrizzleQueryError } from 'drizzle-orm';
import { MortemError } from '#core/errors.ts';

/**
 * - `conflict`: the engine gave the transaction up for another's sake, and says that it may run again
 * - `lost`: nobody is there any more; what was not committed is undone
 * - `other`: trying again changes nothing
 */
export type PostgresFault = 'conflict' | 'lost' | 'other';

/** serialization_failure, deadlock_detected, lock_not_available */
const conflicts: ReadonlySet<string> = new Set(['40001', '40P01', '55P03']);

/** admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections, and what Node says of sockets. */
const losses: ReadonlySet<string> = new Set([
  '57P01',
  '57P02',
  '57P03',
  '53300',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** pg has no codes for these. */
const lossText =
  /^(Connection terminated|Client has encountered a connection error|timeout (exceeded )?when trying to connect|timeout expired)/;

export function faultOf(error: unknown): PostgresFault {
  const code = codeOf(error);
  if (conflicts.has(code)) return 'conflict';
  // Class 08: connection exceptions.
  if (losses.has(code) || code.startsWith('08') || (error instanceof Error && lossText.test(error.message))) return 'lost';
  return 'other';
}

/** What drizzle wraps: its own message repeats the statement and every parameter, a whole batch of them. */
export function causeOf(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? (error.cause ?? error) : error;
}

/** The sentence for faults that somebody can act on; anything else as it is. */
export function toMortemError(error: unknown): unknown {
  if (error instanceof MortemError) return error;
  const reason = error instanceof Error ? error.message || error.name : String(error);
  const code = codeOf(error);
  if (faultOf(error) === 'lost' || code.startsWith('28') || code === '3D000') {
    const message = `The database cannot be reached: ${reason}. Check MORTEM_DATABASE_URL and that the server takes connections.`;
    return new MortemError('unreachable', message, { cause: error });
  }
  if (isUndefinedTable(error) || code === '42703') {
    return new MortemError('unreachable', `The database does not have the schema of this program: ${reason}. Run "mortem migrate".`, {
      cause: error,
    });
  }
  if (code === '57014') {
    return new MortemError('unreachable', `The database took too long: ${reason}. Try again.`, { cause: error });
  }
  return error;
}

export function isUndefinedTable(error: unknown): boolean {
  return codeOf(error) === '42P01';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
