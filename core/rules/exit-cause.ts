import type { Death } from '../history/pod-facts.ts';
import type { Basis } from '../incident/vocabulary.ts';
import { matchLogSignature } from '../signatures/match-log-signature.ts';

export interface ExitCause {
  readonly cause: string;
  readonly basis: Basis;
  /** What proves it, for the summary; absent when nothing does. */
  readonly text?: string;
  /** The log line that matched. */
  readonly line?: string;
}

/**
 * Why a process that ran ended, from what it left behind: its log, its termination message, its exit code, in this order.
 *
 * @param log of exactly this attempt
 */
export function exitCauseOf(death: Death, log: string | undefined): ExitCause {
  const { exitCode, message } = death.end.terminated;
  if (exitCode === 0) return { cause: 'exits-normally', basis: 'observed', text: 'it ended normally, but the pod restarts it always' };
  const inLog = log === undefined ? undefined : matchLogSignature(log, { exitCode });
  if (inLog !== undefined) return { cause: inLog.cause, basis: 'derived', text: `its log says "${inLog.line}"`, line: inLog.line };
  const inMessage = message === undefined ? undefined : matchLogSignature(message, { exitCode });
  if (inMessage !== undefined)
    return { cause: inMessage.cause, basis: 'derived', text: `its termination message says "${inMessage.line}"` };
  const byCode = causeByCode[exitCode];
  if (byCode !== undefined) return { ...byCode, basis: 'derived' };
  return { cause: 'unknown-app-exit', basis: 'derived' };
}

/** Codes that mean the same thing whichever program returns them; 137 and 143 are signals and prove nothing of the sender. */
const causeByCode: Readonly<Record<number, { readonly cause: string; readonly text: string }>> = {
  126: { cause: 'command-not-executable', text: 'a shell in the image reports a command that cannot be executed' },
  127: { cause: 'command-not-found', text: 'a shell in the image reports a command that does not exist' },
  132: { cause: 'arch-mismatch', text: 'SIGILL: the processor lacks an instruction of the program' },
  139: { cause: 'segfault', text: 'SIGSEGV: invalid memory access' },
};
