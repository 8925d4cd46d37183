import { CommanderError, type Command } from 'commander';
import { MortemError } from '#core/errors.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';

/** Runs a command line to its end; what goes wrong becomes one sentence on stderr and an exit code. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed its own message; help and version are not errors.
      process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    } else {
      const sentence =
        error instanceof MortemError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`mortem: ${sentence}\n`);
      process.exitCode = exitCodeOf(error);
    }
  }
}
