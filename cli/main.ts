import { CommanderError } from 'commander';
import { MortemError } from '#core/errors.ts';
import { createProgram } from './program.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';

try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed its own message; help and version are not errors.
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  } else {
    const sentence = error instanceof MortemError ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`mortem: ${sentence}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
