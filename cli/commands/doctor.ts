import { Command, Option } from 'commander';
import { MortemError } from '#core/errors.ts';
import { withClusterOptions, type ClusterOptions } from '../cluster-options.ts';
import { exitCodes } from '../exit-code.ts';
import { printJson, printResult } from '../output/print.ts';
import { readCredentialNow } from '../read-credential.ts';
import { version } from '../version.ts';
import { locationOf } from './collect.ts';

interface DoctorOptions extends ClusterOptions {
  readonly server?: string;
  readonly spool?: string;
  readonly logs: boolean;
  readonly nodes: boolean;
  readonly usage: boolean;
  readonly output?: 'json';
}

export function doctorCommand(): Command {
  return withClusterOptions(new Command('doctor'))
    .description('check rights, reach, clocks and spool of a collector, and say what is lost without what is missing')
    .option('--server <url>', 'check this mortem server too; the key is read from MORTEM_KEY or the file MORTEM_KEY_FILE')
    .option('--spool <dir>', 'check that this folder can be written')
    .option('--no-logs', 'without the rights to logs')
    .option('--no-nodes', 'without the right to nodes')
    .option('--no-usage', 'without memory samples (metrics.k8s.io) and the rights to them')
    .addOption(new Option('-o, --output <format>', 'output format (default: a table)').choices(['json']))
    .addHelpText(
      'after',
      '\nExamples:\n  mortem doctor --context prod -n shop payments\n  MORTEM_KEY=mk_… mortem doctor --server https://mortem.example -o json',
    )
    .action(doctor);
}

async function doctor(options: DoctorOptions): Promise<void> {
  if (options.server !== undefined && !/^https?:$/.test(URL.parse(options.server)?.protocol ?? '')) {
    throw new MortemError('usage', `"${options.server}" is no address of a server. Use https://HOST[:PORT].`);
  }
  const [{ connectToCluster }, { createSystemClock }, { examine }, { formatDoctor, toDoctorReport }] = await Promise.all([
    import('../../collector/connect.ts'),
    import('../../collector/system-clock.ts'),
    import('../../collector/doctor/examine.ts'),
    import('../output/format-doctor.ts'),
  ]);
  const diagnosis = await examine({
    kubeConfig: connectToCluster({ ...locationOf(options), env: process.env }),
    clock: createSystemClock(),
    version,
    watchNamespaces: options.namespace ?? [],
    logs: options.logs,
    nodes: options.nodes,
    usage: options.usage,
    ...(options.server !== undefined && { server: { url: options.server, ...(await readCredentialNow(process.env)) } }),
    ...(options.spool !== undefined && { spoolDir: options.spool }),
  });
  if (options.output === 'json') printJson(toDoctorReport(diagnosis));
  else printResult(formatDoctor(diagnosis));
  process.exitCode = diagnosis.healthy ? exitCodes.done : exitCodes.unreachable;
}
