import { Command, Option } from 'commander';
import { collectorName } from '../../collector/install/manifest-options.ts';
import { parseManifestOptions, type ManifestFlags } from '../input/parse-manifest-options.ts';
import { formatManifests } from '../output/format-manifests.ts';
import { printNote, printResult } from '../output/print.ts';

export function manifestsCommand(): Command {
  return new Command('manifests')
    .description('print the YAML that installs a collector, with the least rights for what it is to do')
    .option('-n, --namespace <name>', 'namespace of the collector itself', 'mortem')
    .option('--watch-namespaces <name...>', 'collect only from these namespaces, with a Role in each (default: the whole cluster)')
    .option('--server <url>', 'address of the mortem server (default: the key "server" of the Secret)')
    .option('--secret <name>', 'Secret that holds the key (and the server); it is referred to, never written', 'mortem-collector')
    .option('--cluster <name>', 'name the collector gives the cluster; the key decides')
    .option('--image <ref>', 'image of the collector, built with deploy/Dockerfile')
    .option('--no-logs', 'without logs, and without the rights to them')
    .option('--no-nodes', 'without nodes, and without the right to them')
    .option('--no-usage', 'without memory samples (metrics.k8s.io), and without the rights to them')
    .option('--node-mode', 'a DaemonSet, each pod for the pods of its node, and one replica for the rest', false)
    .option('--network-policy', 'with a NetworkPolicy; needs --server', false)
    .option('--pod-monitor', 'with a PodMonitor for the Prometheus operator', false)
    .option('--token-audience <name>', 'audience of the token for the API server, where that has one of its own')
    .option('--server-audience <name>', 'show the mortem server a token for this audience instead of a key; needs --server')
    .addOption(new Option('-o, --output <format>', 'output format').choices(['yaml', 'json']).default('yaml'))
    .addHelpText('after', examples)
    .action(manifests);
}

const examples = `
Examples:
  mortem manifests | kubectl apply -f -
  mortem manifests --watch-namespaces shop payments --no-logs --server https://mortem.example
  mortem manifests --node-mode --network-policy --server https://mortem.example
  mortem manifests --server https://mortem.example --server-audience mortem`;

function manifests(flags: ManifestFlags): void {
  const options = parseManifestOptions(flags);
  printResult(formatManifests(options, flags.output));
  if (options.serverAudience !== undefined) {
    const subject = `system:serviceaccount:${options.namespace}:${collectorName}`;
    printNote(`No Secret is needed: let the server trust ${subject} for the audience ${options.serverAudience} (docs/operations.md).`);
    return;
  }
  const literals = options.server === undefined ? '--from-literal=server=https://… ' : '';
  const create = `kubectl create secret generic ${options.secret} -n ${options.namespace} ${literals}--from-file=key=/dev/stdin`;
  printNote(`The collector reads its key from a Secret that you make: mortem keys create --cluster NAME | ${create}`);
}
