import { Command } from 'commander';
import { MortemError } from '#core/errors.ts';
import { clusterNameOf, withClusterOptions, type ClusterOptions } from '../cluster-options.ts';
import { printNote } from '../output/print.ts';

interface CollectOptions extends ClusterOptions {
  readonly server: string;
}

export function collectCommand(): Command {
  return withClusterOptions(new Command('collect'))
    .description('watch a cluster and ship what happens to a mortem server; the key is read from MORTEM_KEY')
    .requiredOption('--server <url>', 'address of "mortem serve" or of the function endpoint')
    .addHelpText(
      'after',
      '\nExamples:\n  MORTEM_KEY=mk_… mortem collect --server http://127.0.0.1:8417\n  MORTEM_KEY=mk_… mortem collect --server https://mortem.example --context prod -n shop payments',
    )
    .action(collect);
}

async function collect(options: CollectOptions): Promise<void> {
  const key = process.env['MORTEM_KEY'];
  if (key === undefined || key === '') {
    throw new MortemError('usage', 'MORTEM_KEY is not set. Make a key on the server: mortem keys create --cluster NAME');
  }
  const [{ connectToCluster }, { runCollector }, { createJsonLogger }] = await Promise.all([
    import('../../collector/connect.ts'),
    import('../run-collector.ts'),
    import('../../functions/adapters/json-logger.ts'),
  ]);
  const kubeConfig = connectToCluster({ ...locationOf(options), env: process.env });
  const cluster = clusterNameOf(options, kubeConfig);
  printNote(`Collecting from ${kubeConfig.getCurrentContext()} for ${options.server}`);
  await runCollector({
    kubeConfig,
    server: { url: options.server, key },
    cluster,
    namespaces: options.namespace ?? [],
    logger: createJsonLogger('info'),
  });
}

export function locationOf({ kubeconfig, context }: ClusterOptions): { kubeconfig?: string; context?: string } {
  return { ...(kubeconfig === undefined ? {} : { kubeconfig }), ...(context === undefined ? {} : { context }) };
}
