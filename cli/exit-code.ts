import { MortemError, type ErrorCode } from '#core/errors.ts';

/** kubectl-like and documented in the README; scripts branch on them. */
export const exitCodes = { done: 0, findings: 1, usage: 2, unreachable: 3, noMatch: 4, lowCoverage: 5, interrupted: 130 } as const;

const byCode: Readonly<Record<ErrorCode, number>> = {
  usage: exitCodes.usage,
  'bad-input': exitCodes.usage,
  'too-large': exitCodes.usage,
  unsupported: exitCodes.usage,
  unauthorized: exitCodes.unreachable,
  forbidden: exitCodes.unreachable,
  unreachable: exitCodes.unreachable,
  conflict: exitCodes.unreachable,
  'not-found': exitCodes.noMatch,
  internal: exitCodes.unreachable,
};

export function exitCodeOf(error: unknown): number {
  return error instanceof MortemError ? byCode[error.code] : exitCodes.unreachable;
}
