import { Command } from 'commander';
import { collectCommand } from './commands/collect.ts';
import { doctorCommand } from './commands/doctor.ts';
import { runProgram } from './run-program.ts';
import { startLean } from './start-lean.ts';
import { version } from './version.ts';

/** What the container image runs: the command line without the server, the store and the replay. */
const program = new Command('mortem-collector')
  .description('The collector of mortem, the flight recorder of Kubernetes pods.')
  .version(version)
  .exitOverride();
for (const command of [collectCommand, doctorCommand]) program.addCommand(command().exitOverride());

startLean();
await runProgram(program, process.argv);
