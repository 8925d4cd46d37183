import { join } from 'node:path';
import { Command } from 'commander';
import { clusterNameOf, withClusterOptions, type ClusterOptions } from '../cluster-options.ts';
import { parsePort } from '../input/parse-port.ts';
import { printNote } from '../output/print.ts';
import { storeConfig } from '../store-config.ts';
import { locationOf } from './collect.ts';
import { defaultPort } from './serve.ts';

interface UpOptions extends ClusterOptions {
  readonly data?: string;
  readonly port: string;
}

export function upCommand(): Command {
  return withClusterOptions(new Command('up'))
    .description('serve and collect in one process: record one cluster on this machine')
    .option('--data <dir>', 'folder of the store (default: ~/.local/share/mortem)')
    .option('--port <port>', 'port to listen on, 0 for any free one', defaultPort)
    .addHelpText('after', '\nExamples:\n  mortem up\n  mortem up --context staging -n shop --data ./data')
    .action(up);
}

async function up(options: UpOptions): Promise<void> {
  const [{ connectToCluster }, { runCollector }, { startServer }, { createJsonLogger }] = await Promise.all([
    import('../../collector/connect.ts'),
    import('../run-collector.ts'),
    import('../../functions/serve.ts'),
    import('../../functions/adapters/json-logger.ts'),
  ]);
  const kubeConfig = connectToCluster({ ...locationOf(options), env: process.env });
  const cluster = clusterNameOf(options, kubeConfig);
  const config = storeConfig(options.data, process.env);
  const { dataDir } = config;
  const logger = createJsonLogger('warn');
  const server = await startServer({ ...config, port: parsePort(options.port), host: '127.0.0.1', logger, openReads: true });
  try {
    const key = server.deps.issueSessionKey(cluster);
    printNote(`Recording cluster ${cluster} (context ${kubeConfig.getCurrentContext()}) into ${dataDir}`);
    printNote(
      `Incidents: ${server.url}/incidents   or: mortem get incidents${options.data === undefined ? '' : ` --data ${options.data}`}   (Ctrl-C ends)`,
    );
    const spoolDir = join(dataDir, 'spool');
    await runCollector({ kubeConfig, server: { url: server.url, key }, cluster, namespaces: options.namespace ?? [], logger, spoolDir });
  } finally {
    await server.close();
  }
}
