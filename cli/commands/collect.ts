import { Command, Option } from 'commander';
import { MortemError } from '#core/errors.ts';
import type { Shard } from '../../collector/shard/shard.ts';
import { clusterNameOf, withClusterOptions, type ClusterOptions } from '../cluster-options.ts';
import { parseListen } from '../input/parse-listen.ts';
import { printNote } from '../output/print.ts';
import { readCredential } from '../read-credential.ts';
import { defaultSpoolDir } from '../spool-dir.ts';

interface CollectOptions extends ClusterOptions {
  readonly server: string;
  readonly spool?: string;
  readonly listen?: string;
  readonly logs: boolean;
  readonly nodes: boolean;
  readonly usage: boolean;
  readonly node?: string;
  readonly unscheduled?: true;
}

export function collectCommand(): Command {
  return withClusterOptions(new Command('collect'))
    .description('watch a cluster and ship what happens to a mortem server; the key is read from MORTEM_KEY or the file MORTEM_KEY_FILE')
    .requiredOption('--server <url>', 'address of "mortem serve" or of the function endpoint')
    .option('--spool <dir>', 'keep what is not shipped yet in this folder, over restarts (default: ~/.local/state/mortem/spool)')
    .option('--listen <address>', 'serve /metrics, /healthz and /readyz here, such as :9464 or 127.0.0.1:9464')
    .option('--no-logs', 'do not ask for logs')
    .option('--no-nodes', 'do not watch nodes')
    .option('--no-usage', 'do not sample the memory of containers (metrics.k8s.io)')
    .addOption(new Option('--node <name>', 'only the pods of this node and their events').conflicts('unscheduled'))
    .option('--unscheduled', 'only what is on no node: owners, nodes, events, and pods that wait to be scheduled')
    .addHelpText(
      'after',
      '\nExamples:\n  MORTEM_KEY=mk_… mortem collect --server http://127.0.0.1:8417\n  MORTEM_KEY=mk_… mortem collect --server https://mortem.example --context prod -n shop payments\n  MORTEM_KEY_FILE=/var/run/secrets/mortem/token mortem collect --server https://mortem.example',
    )
    .action(collect);
}

async function collect(options: CollectOptions): Promise<void> {
  const credential = readCredential(process.env);
  const listen = options.listen === undefined ? undefined : parseListen(options.listen);
  const [{ connectToCluster }, { runCollector }, { createJsonLogger }] = await Promise.all([
    import('../../collector/connect.ts'),
    import('../run-collector.ts'),
    import('../../functions/adapters/json-logger.ts'),
  ]);
  const kubeConfig = connectToCluster({ ...locationOf(options), env: process.env });
  const cluster = clusterNameOf(options, kubeConfig);
  const shard = shardOf(options);
  printNote(`Collecting from ${kubeConfig.getCurrentContext()} for ${options.server}`);
  await runCollector({
    kubeConfig,
    server: { url: options.server, ...credential },
    cluster,
    namespaces: options.namespace ?? [],
    logger: createJsonLogger('info'),
    logs: options.logs,
    nodes: options.nodes,
    usage: options.usage,
    ...(shard !== undefined && { shard }),
    ...(listen !== undefined && { listen }),
    spoolDir: options.spool ?? defaultSpoolDir(process.env),
  });
}

function shardOf({ node, unscheduled }: CollectOptions): Shard | undefined {
  if (node === '') throw new MortemError('usage', '--node names no node. In a pod, set it from spec.nodeName.');
  if (node !== undefined) return { kind: 'node', name: node };
  return unscheduled === true ? { kind: 'unscheduled' } : undefined;
}

export function locationOf({ kubeconfig, context }: ClusterOptions): { kubeconfig?: string; context?: string } {
  return { ...(kubeconfig === undefined ? {} : { kubeconfig }), ...(context === undefined ? {} : { context }) };
}
